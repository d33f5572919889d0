import { expect, test } from 'vitest'
import { judgeExcerpt } from './judge-excerpt.ts'

test.each([
  [
    'connectivity',
    null,
    2,
    'KABOOM!\nFATAL error: Failed to connect to pgsql at "x" (port 5432) as user "y": Database error: Connection refused',
  ],
  ['connectivity', null, 1, 'FATAL:  the database system is starting up'],
  ['connectivity', null, 1, 'FATAL:  terminating connection due to administrator command'],
  [
    'constraint_violation',
    '23505',
    3,
    '2024-01-01 10:00:00.000 CET [8] LOG:  connection received\n2024-01-01 10:00:00.100 CET [8] LOG:  duration: 12 ms\n2024-01-01 10:00:01.000 CET [8] 23505 FEHLER:  doppelter Schlüsselwert verletzt Unique-Constraint »a_pkey«\n2024-01-01 10:00:01.000 CET [8] 00000 DETAIL:  Schlüssel »(id)=(1)« existiert bereits.',
  ],
  [
    'constraint_violation',
    null,
    1,
    '2026-01-01 10:00:00.000 UTC [3] ERROR:  new row for relation "a" violates check constraint "a_check"\n2026-01-01 10:00:00.000 UTC [3] DETAIL:  Failing row contains (1, null, connection timeout).',
  ],
  [
    'data_conversion',
    null,
    1,
    "2026-01-02 10:00:00.123 UTC [55] app@db ERROR:  value too long for type character varying(10)\n2026-01-02 10:00:00.123 UTC [55] app@db STATEMENT:  INSERT INTO t VALUES ('x')",
  ],
  [
    'lock_deadlock_timeout',
    '40P01',
    1,
    '2026-01-02 10:00:00.123 UTC [55] ERROR:  40P01: deadlock detected\n2026-01-02 10:00:00.123 UTC [55] DETAIL:  Process 55 waits for ShareLock on transaction 7; blocked by process 66.',
  ],
  [
    'missing_object',
    '42P01',
    2,
    '{"insertId":"s=abc","labels":{"database_id":"p:i"},"logName":"projects/p/logs/cloudsql.googleapis.com%2Fpostgres.log","severity":"INFO","textPayload":"2024-01-01 10:00:00.000 UTC [12]: [1-1] db=x,user=y LOG:  connection authorized"}\n{"insertId":"s=abd","severity":"ERROR","textPayload":"2024-01-01 10:00:01.000 UTC [12]: [2-1] db=x,user=y ERROR:  42P01: relation \\"foo\\" does not exist at character 15"}',
  ],
  ['missing_object', null, 1, 'FATAL: ERROR:  relation "x" does not exist\nAborting export...'],
  [
    'missing_object',
    null,
    1,
    'DBD::Pg::db do failed: ERROR:  relation "orders" does not exist at /usr/local/share/perl5/Ora2Pg.pm line 12746.\nFATAL: ERROR:  relation "orders" does not exist\nAborting export...',
  ],
  [
    'permission_auth',
    null,
    1,
    '2026-01-01 10:00:00 platform > Could not connect with provided configuration. Error: HikariPool-1 - Connection is not available: FATAL: password authentication failed',
  ],
  ['permission_auth', null, 1, 'FATAL: LDAP authentication failed for user "app"\nAborting export'],
  [
    'resource_disk_memory',
    null,
    2,
    '2024-01-01 10:00:00.000 UTC [5] LOG:  checkpoint starting: time\n2024-01-01 10:00:01.000 UTC [6] PANIC:  could not write to file "pg_wal/xlogtemp.6": No space left on device\n2024-01-01 10:00:01.100 UTC [1] LOG:  server process (PID 6) was terminated by signal 6: Aborted\n2024-01-01 10:00:01.200 UTC [1] LOG:  terminating any other active server processes\n2024-01-01 10:00:01.300 UTC [7] FATAL:  the database system is in recovery mode',
  ],
  [
    'resource_disk_memory',
    null,
    1,
    'FATAL:  remaining connection slots are reserved for non-replication superuser connections',
  ],
  ['resource_disk_memory', null, 1, 'PANIC:  could not write to file "pg_wal/xlogtemp.123": No space left on device'],
  [
    'resource_disk_memory',
    '53300',
    1,
    '2026-01-01 10:00:00 UTC [1] FATAL:  sorry, too many clients already (SQLSTATE 53300)',
  ],
  [
    'tool_internal',
    null,
    2,
    'KABOOM!\n2026-01-01T10:00:00.000000Z FATAL error: The value\n  NIL\nis not of type\n  NUMBER',
  ],
  [
    'version_incompatibility',
    null,
    1,
    'FATAL:  database files are incompatible with server\nDETAIL:  The data directory was initialized by PostgreSQL version 13, which is not compatible with this version 15.3.',
  ],
] as const)('%s, code %s, begins in line %i of: %s', (label, code, line, text) => {
  expect(judgeExcerpt(text)).toEqual({ label, code, line })
})
