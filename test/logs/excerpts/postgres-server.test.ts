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
