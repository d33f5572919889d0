import { makeRules, type Rule } from '../rule.ts'

/** Messages of PostgreSQL, its tools and its relatives, where no code was printed. */
export const postgresRules: readonly Rule[] = [
  ...makeRules('version_incompatibility', [
    /^Checking (?!for presence of).{3,120}\sfatal\s*$|WITH OIDS|no longer supported|not supported anymore/i,
    /Authentication plugin .{1,120}(?:cannot be loaded|is not supported|not loaded)|authentication protocol requested by server/i,
    /write format \d{1,3} is smaller than the supported format|Unsupported database file version|(?:read|write) format \d{1,3} is (?:smaller|larger)/i,
  ]),
  ...makeRules('data_conversion', [
    /(?:offending|malformed|bad|broken) (?:csv |input |data )?(?:line|row|record)|Error tokenizing data|wrong number format/i,
  ]),
  // SSIS names both that can be; the first is the usual one.
  ...makeRules('data_conversion', [
    /Data conversion failed|Text was truncated or one or more characters|Invalid character value for cast/i,
  ]),
  ...makeRules('lock_deadlock_timeout', [
    /Request failed to complete in \d|Timeout while waiting for (?!.{0,20}connect)|was not archived before .{0,40}timeout/i,
  ]),
  ...makeRules('resource_disk_memory', [
    /Memory limit .{0,40}exceeded|no more connections allowed|max_client_conn|query_wait_timeout/i,
  ]),
  ...makeRules('tool_internal', [/NullReferenceException|Object reference not set to an instance/i]),
  ...makeRules('other', [
    /\brequires? \w{3,40} (?:to be|=) (?:ON|on|enabled|set|true|\d)|found non-empty schema|[Ee]nvironment variable (?:not found|.{1,60} (?:is )?(?:not set|missing|undefined))|Unable to determine (?:the )?(?:URL|connection)|\b(?:binlog_format|binlog_row_image|gtid_mode|log_bin|server_id|wal_level) (?:must|should|needs? to|is not)\b/i,
    /Multiple head revisions|multiple heads are present|multiple leaf nodes|error demultiplexing archive|archive io error|There seems to be a postmaster servicing|update is terminating because data loss/i,
    /could not locate (?:a valid|required) checkpoint record|recovery ended before configured recovery target|requested timeline \d{1,9} is not a child/i,
  ]),
  ...makeRules('connectivity', [
    /SSL verify error|\bX509_V_ERR|I\/O error occurred while sending|dial (?:tcp|unix)|i\/o timeout|connection refused|\bECONNREFUSED|getaddrinfo|no route to host|network-related|while establishing a connection|connection .{0,120}could not be established|forcibly closed|reset by peer|no such host|certification path|PKIX|certificate (?:verify|validation|has expired)|self[- ]signed certificate|trust ?store/i,
  ]),
  ...makeRules('permission_auth', [
    /permission denied\b|must be (?:owner|superuser|a superuser|able to|member|replication)|must have .{0,60}privilege/i,
    /password authentication failed|no password supplied|\w* ?authentication (?:failed|method|error)|no pg_hba\.conf entry|pg_hba\.conf rejects/i,
    /Only roles with|role ".{0,120}" is not permitted|insufficient privilege|cannot execute .{0,60} in a read-only transaction/i,
    /row-level security policy|SCRAM|(?:peer|ident|gssapi|ldap|pam|md5|certificate) authentication/i,
  ]),
  ...makeRules('encoding', [
    /invalid byte sequence for encoding|has no equivalent in encoding|character with byte sequence/i,
    /encoding ".{0,60}" does not match|new encoding .{0,80}incompatible|conversion between .{0,60} and .{0,60} is not supported/i,
    /invalid (?:Unicode|UTF-?8)|unsupported Unicode escape|\\u0000 cannot be converted|null character not permitted|locale .{0,80}(?:incompatible|requires)/i,
  ]),
  ...makeRules('mapping_schema', [
    /(?:missing data for column|extra data after last expected column|row field count is|expected \d+ (?:columns?|fields?|values?))/i,
    /column ".{0,200}" (?:of relation ".{0,200}" )?(?:does not exist|is of type .{0,80} but)|column \S{1,200} does not exist/i,
    /INSERT has (?:more|fewer)|each UNION query|(?:key columns|foreign key constraint) .{0,200}(?:incompatible|cannot be implemented)/i,
    /number of referencing and referenced columns|index row (?:size|requires)|no unique (?:or exclusion )?constraint matching|cannot be (?:implemented|a generated|cast automatically to type)/i,
    /cannot insert (?:a non-DEFAULT value )?into (?:generated )?(?:column|view)|is an identity column|is a generated column|operator does not exist/i,
    /cannot alter type of a column|unsupported (?:data )?type|no known (?:snapshot|mapping)|multiple primary keys for table/i,
    /header line .{0,80}(?:mismatch|does not match)|column name mismatch|COPY .{0,120}column .{0,120}(?:not found|mismatch)|no partition of relation/i,
  ]),
  ...makeRules('data_conversion', [
    /invalid input (?:syntax|value)|(?<!index )out of range|value too long|numeric field overflow|cannot be cast|malformed (?:array|range|record|JSON)/i,
    /date\/time field value|invalid (?:memory alloc|hexadecimal|escape|boolean|timestamp|date|number|integer|numeric|uuid|json|geometry)|division by zero/i,
    /unterminated (?:CSV )?quoted|literal (?:newline|carriage return)|unexpected (?:end of line|data)|bit string length|time zone .{0,60}not recognized/i,
    /end-of-copy marker|not a valid (?:binary|date|number|integer|timestamp|uuid)|incorrect binary data|value .{0,80}overflow/i,
    /Geometry (?:type|SRID|has)|column cannot be cast/i,
  ]),
  ...makeRules('constraint_violation', [
    /violates (?:unique|foreign key|not-null|check|exclusion|RESTRICT|row)|duplicate key value|contains null values|could not create unique index/i,
    /is violated by some row|conflicting key value|other objects depend on it|cannot (?:drop|truncate) .{0,200}(?:because|referenced|depend)/i,
    /null value in column|value for domain .{0,120}violates|cannot affect row a second time|still referenced/i,
  ]),
  ...makeRules('lock_deadlock_timeout', [
    /deadlock detected|lock timeout|could not obtain lock|statement timeout|could not serialize access|lock_timeout|being accessed by other users/i,
    /tuple concurrently|idle-in-transaction timeout|canceling statement due to (?:lock|statement|conflict)|conflict with recovery/i,
  ]),
  ...makeRules('resource_disk_memory', [
    /out of (?:shared )?memory|could not extend file|too many clients|remaining connection slots|too many connections|disk full|temporary file size exceeds/i,
    /max_locks_per_transaction|could not resize shared memory|could not (?:fork|write to file|write to hash|fsync)|stack depth limit|invalid memory alloc request/i,
    /all replication slots are in use|exceeds? temp_file_limit|max_wal_senders|max_replication_slots/i,
  ]),
  ...makeRules('duplicate_object', [
    /(?:relation|table|schema|database|role|type|function|index|constraint|extension|trigger|sequence|policy|column|operator|collation|publication|subscription|slot|tablespace|view|procedure|domain|aggregate|server|language|cast|rule|event|user|directory|file|object|name|collection|namespace|stage|stream|key|keyspace) .{0,200}already exists/i,
    /already exists|is already (?:defined|installed|a member|used|in use by)|There is already an object/i,
  ]),
  ...makeRules('version_incompatibility', [
    /unsupported version \(|server version mismatch|aborting because of server version|version requirements? (?:is |are )?not met|incompatible with server|version mismatch|not compatible with this version/i,
    /not (?:yet )?supported|not implemented|unrecognized configuration parameter|is not available for this|database files are incompatible|was initialized by PostgreSQL/i,
    /unsupported (?:frontend )?protocol|requires (?:server|PostgreSQL|MySQL|at least|version)|unrecognized (?:option|privilege|role option)/i,
    /input file appears to be a (?:text format dump|custom)|unsupported (?:server|database|startup|feature|archive|operation|version|statement|clause)/i,
  ]),
  ...makeRules('missing_object', [
    /(?:does not|doesn't|did not|not) exist|no such (?:file|table|database|collection|command)|undefined (?:table|function|object)/i,
    /could not (?:open|access|find|load) .{0,40}(?:file|directory|input|extension|library|the|module|driver|class|plugin)|could not stat|is not available|not found in (?:the )?(?:catalog|schema|database)/i,
    /No schema has been selected|requested WAL segment|is not installed|could not open extension control/i,
  ]),
  ...makeRules('connectivity', [
    /could not connect|connection (?:to server .{0,200})?(?:failed|refused|reset|timed out|closed|lost|aborted|terminated|error)|server closed the connection/i,
    /could not (?:translate host name|receive data|send data)|the database system is (?:starting|shutting|not|in recovery)|SSL (?:error|SYSCALL|connection|negotiation)/i,
    /could not establish connection|replication (?:terminated|connection)|certificate verify failed|could not resolve/i,
  ]),
  ...makeRules('syntax', [
    /syntax error|unterminated (?:quoted|dollar|\/\*)|cannot insert multiple commands|invalid command \\|unrecognized token|backslash commands are restricted/i,
    /must appear in the GROUP BY|is ambiguous|subquery .{0,60}must have an alias|parse error/i,
  ]),
]
