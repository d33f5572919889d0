import { expect, test } from 'vitest'
import { judgeExcerpt } from './judge-excerpt.ts'

test.each([
  [
    'connectivity',
    null,
    1,
    'Caused by: org.apache.kafka.common.errors.TimeoutException: Timed out waiting for a node assignment. Call: listNodes',
  ],
  [
    'connectivity',
    null,
    1,
    '[2026-01-01 10:00:00,000] WARN [Consumer clientId=a, groupId=b] Connection to node 1 (kafka/10.0.0.1:9092) could not be established. Broker may not be available. (org.apache.kafka.clients.NetworkClient)',
  ],
  [
    'data_conversion',
    null,
    3,
    'org.apache.kafka.connect.errors.ConnectException: Tolerance exceeded in error handler\nCaused by: org.apache.kafka.connect.errors.DataException: Converting byte[] to Kafka Connect data failed due to serialization error:\nCaused by: org.apache.kafka.common.errors.SerializationException: Error deserializing Avro message for id 1',
  ],
  [
    'data_conversion',
    null,
    3,
    'Error: java.io.IOException: Can\'t export data, please check failed map task logs\n\tat org.apache.sqoop.mapreduce.TextExportMapper.map(TextExportMapper.java:122)\nCaused by: java.lang.NumberFormatException: For input string: "a"',
  ],
  [
    'duplicate_object',
    null,
    1,
    'Caused by: org.postgresql.util.PSQLException: ERROR: replication slot "debezium" already exists',
  ],
  [
    'duplicate_object',
    null,
    1,
    '19/01/11 10:06:36 ERROR tool.ImportTool: Import failed: org.apache.hadoop.mapred.FileAlreadyExistsException: Output directory hdfs://h/user/x already exists',
  ],
  [
    'lock_deadlock_timeout',
    null,
    1,
    'Caused by: org.postgresql.util.PSQLException: ERROR: replication slot "debezium" is active for PID 123',
  ],
  [
    'mapping_schema',
    null,
    1,
    "Caused by: org.apache.kafka.connect.errors.DataException: No field found with name 'id'",
  ],
  [
    'mapping_schema',
    null,
    4,
    '[2026-01-01 10:00:00,111] ERROR WorkerSinkTask{id=s-0} Task threw an uncaught and unrecoverable exception. Task is being killed and will not recover until manually restarted (org.apache.kafka.connect.runtime.WorkerTask:208)\norg.apache.kafka.connect.errors.ConnectException: Exiting WorkerSinkTask due to unrecoverable exception.\n\tat org.apache.kafka.connect.runtime.WorkerSinkTask.deliverMessages(WorkerSinkTask.java:611)\nCaused by: org.apache.kafka.connect.errors.ConnectException: Table "t" is missing fields ([SinkRecordField{schema=Schema{STRING}, name=\'x\', isPrimaryKey=false}]) and auto-evolution is disabled\n\tat io.confluent.connect.jdbc.sink.DbStructure.amendIfNecessary(DbStructure.java:150)',
  ],
  [
    'mapping_schema',
    null,
    1,
    "io.debezium.DebeziumException: Encountered change event for table db.t whose schema isn't known to this connector",
  ],
  [
    'missing_object',
    null,
    1,
    'Caused by: org.apache.kafka.common.errors.UnknownTopicOrPartitionException: This server does not host this topic-partition.',
  ],
  [
    'missing_object',
    null,
    1,
    'org.apache.kafka.connect.errors.ConnectException: Cannot find the table in the schema: table orders does not exist',
  ],
  [
    'missing_object',
    null,
    4,
    '2026-01-01 10:00:00,111 ERROR  MySQL\nsrv\nsnapshot  Producer failure   [io.debezium.pipeline.ErrorHandler]\nio.debezium.DebeziumException: The connector is trying to read binlog starting at SourceInfo, but this is no longer available on the server. Reconfigure the connector to use a snapshot when needed.',
  ],
  [
    'missing_object',
    null,
    1,
    '19/01/11 10:06:36 ERROR sqoop.Sqoop: Got exception running Sqoop:java.lang.RuntimeException: Could not load db driver class: oracle.jdbc.OracleDriver',
  ],
  [
    'missing_object',
    null,
    1,
    'io.debezium.DebeziumException: Db history topic or its content is fully or partially missing. Please check database history topic configuration and re-execute the snapshot.',
  ],
  [
    'missing_object',
    null,
    2,
    '[2022-01-01 10:00:00,000] ERROR Failed to start task (org.apache.kafka.connect.runtime.Worker:560)\norg.apache.kafka.connect.errors.ConnectException: java.sql.SQLException: No suitable driver found for jdbc:postgresql://h/db',
  ],
  ['missing_object', null, 1, 'ERROR sqoop.Sqoop: Error: java.lang.ClassNotFoundException: org.json.JSONObject'],
  [
    'other',
    null,
    1,
    'Caused by: io.debezium.DebeziumException: The MySQL server is not configured to use a ROW binlog_format, which is required for this connector to work properly. Change the MySQL configuration to use a binlog_format=ROW and restart the connector.',
  ],
  [
    'other',
    null,
    1,
    "Caused by: io.debezium.DebeziumException: Postgres server wal_level property must be 'logical' but is: 'replica'",
  ],
  [
    'permission_auth',
    null,
    1,
    'Caused by: org.apache.kafka.common.errors.TopicAuthorizationException: Not authorized to access topics: [x]',
  ],
  [
    'permission_auth',
    null,
    1,
    'org.apache.hadoop.security.AccessControlException: Permission denied: user=x, access=WRITE, inode="/user":hdfs:supergroup:drwxr-xr-x',
  ],
  [
    'permission_auth',
    null,
    2,
    'Caused by: org.apache.kafka.connect.errors.ConnectException: x\nCaused by: com.github.shyiko.mysql.binlog.network.AuthenticationException: Access denied; you need (at least one of) the REPLICATION SLAVE privilege(s) for this operation',
  ],
  [
    'resource_disk_memory',
    null,
    1,
    'org.apache.kafka.common.errors.RecordTooLargeException: The message is 1740572 bytes when serialized which is larger than 1048576, which is the value of the max.request.size configuration.',
  ],
] as const)('%s, code %s, begins in line %i of: %s', (label, code, line, text) => {
  expect(judgeExcerpt(text)).toEqual({ label, code, line })
})
