import { expect, test } from 'vitest'
import { judgeExcerpt } from './judge-excerpt.ts'

test.each([
  [
    'connectivity',
    null,
    1,
    'psql: error: connection to server at "localhost" (127.0.0.1), port 5432 failed: Connection refused\n\tIs the server running on that host and accepting TCP/IP connections?',
  ],
  [
    'constraint_violation',
    null,
    1,
    'pg_restore: error: COPY failed for table "a": ERROR:  duplicate key value violates unique constraint "a_pkey"\nDETAIL:  Key (id)=(1) already exists.\nCONTEXT:  COPY a, line 1',
  ],
  [
    'data_conversion',
    '22P02',
    1,
    'ERROR:  22P02: invalid input syntax for type uuid: "abc"\nCONTEXT:  COPY t, line 3, column id: "abc"',
  ],
  ['data_conversion', null, 1, 'psql:load.sql:12: ERROR:  invalid input value for enum mood: "happyish"'],
  [
    'data_conversion',
    '22P02',
    1,
    '2026-01-01T10:00:00.100000Z ERROR PostgreSQL ["\\"public\\".\\"t\\""] Database error 22P02: invalid input syntax for type integer: "x"\nCONTEXT: COPY t, line 1, column a: "x"',
  ],
  ['data_conversion', null, 1, 'ERROR:  unterminated CSV quoted field\nCONTEXT:  COPY t, line 120: "abc"'],
  [
    'data_conversion',
    null,
    1,
    'DBD::Pg::db pg_endcopy failed: ERROR:  invalid input syntax for type timestamp: "0000-00-00"\nCONTEXT:  COPY t, line 1, column d: "0000-00-00" at /usr/share/perl5/Ora2Pg.pm line 14.\nFATAL: ERROR: invalid input syntax for type timestamp: "0000-00-00"',
  ],
  [
    'encoding',
    null,
    1,
    'ERROR:  invalid byte sequence for encoding "UTF8": 0xe9 0x73 0x20\nCONTEXT:  COPY names, line 7',
  ],
  ['mapping_schema', null, 1, 'ERROR:  missing data for column "email"\nCONTEXT:  COPY users, line 2: "1,bob"'],
  [
    'missing_object',
    null,
    3,
    'pg_restore: while PROCESSING TOC:\npg_restore: from TOC entry 5; 3079 16 EXTENSION uuid-ossp\npg_restore: error: could not execute query: ERROR:  extension "uuid-ossp" is not available\nDetail: Could not open extension control file',
  ],
  [
    'missing_object',
    null,
    1,
    'psql: error: connection to server on socket "/tmp/.s.PGSQL.5432" failed: FATAL:  database "x" does not exist',
  ],
  ['missing_object', null, 1, 'pg_restore: error: could not open input file "x.dump": No such file or directory'],
  [
    'missing_object',
    null,
    2,
    'pg_restore: from TOC entry 3; 3079 1 EXTENSION postgis\npg_restore: error: could not execute query: ERROR:  could not open extension control file "/usr/share/postgresql/15/extension/postgis.control": No such file or directory',
  ],
  [
    'missing_object',
    null,
    2,
    'pg_restore: from TOC entry 200; 1259 16400 TABLE a postgres\npg_restore: error: could not execute query: ERROR:  type "public.citext" does not exist\nLINE 3:     email public.citext\nCommand was: CREATE TABLE a (',
  ],
  [
    'missing_object',
    null,
    1,
    'pg_restore: error: could not execute query: ERROR:  role "rdsadmin" does not exist\nCommand was: ALTER TABLE a OWNER TO rdsadmin;',
  ],
  ['missing_object', null, 1, 'bash: psql: command not found'],
  ['other', null, 1, 'pg_restore: error: input file does not appear to be a valid archive'],
  [
    'permission_auth',
    null,
    1,
    'ERROR:  must be superuser to COPY to or from a file\nHINT:  Anyone can COPY to stdout or from stdin.',
  ],
  [
    'permission_auth',
    null,
    1,
    'psql: error: connection to server at "h" (1.2.3.4), port 5432 failed: FATAL:  password authentication failed for user "x"',
  ],
  [
    'permission_auth',
    null,
    1,
    'psql: error: FATAL:  no pg_hba.conf entry for host "1.2.3.4", user "x", database "y", no encryption',
  ],
  [
    'permission_auth',
    null,
    1,
    'pg_dump: error: query failed: ERROR:  permission denied for table orders\npg_dump: error: query was: LOCK TABLE public.orders IN ACCESS SHARE MODE',
  ],
  [
    'permission_auth',
    null,
    1,
    "pg_restore: error: could not execute query: ERROR:  must be owner of extension plpgsql\nCommand was: COMMENT ON EXTENSION plpgsql IS 'x';",
  ],
  [
    'resource_disk_memory',
    null,
    1,
    '2026-01-01 10:00:00 UTC [1] LOG:  server process (PID 77) was terminated by signal 9: Killed\n2026-01-01 10:00:00 UTC [1] DETAIL:  Failed process was running: COPY a\n2026-01-01 10:00:00 UTC [1] LOG:  terminating any other active server processes',
  ],
  ['resource_disk_memory', null, 1, './run.sh: line 3: 12345 Killed                  pg_restore -d x y.dump'],
  ['syntax', null, 1, 'psql:dump.sql:30: error: invalid command \\N'],
  [
    'syntax',
    null,
    1,
    'psql:schema/tables/table.sql:14: ERROR:  syntax error at or near "char"\nLINE 14:  primary char(1) NOT NULL DEFAULT \'0\'\n                 ',
  ],
  [
    'version_incompatibility',
    null,
    2,
    'pg_dump: error: server version: 17.0; pg_dump version: 15.4\npg_dump: error: aborting because of server version mismatch',
  ],
  [
    'version_incompatibility',
    null,
    2,
    'pg_dump: error: server version: 16.1; pg_dump version: 14.2\npg_dump: error: aborting because of server version mismatch',
  ],
  ['version_incompatibility', null, 1, 'pg_restore: error: unsupported version (1.15) in file header'],
  [
    'version_incompatibility',
    null,
    1,
    'pg_restore: error: could not execute query: ERROR:  unrecognized configuration parameter "transaction_timeout"\nCommand was: SET transaction_timeout = 0;',
  ],
  ['version_incompatibility', null, 1, 'pg_restore: [archiver] unsupported version (1.14) in file header'],
] as const)('%s, code %s, begins in line %i of: %s', (label, code, line, text) => {
  expect(judgeExcerpt(text)).toEqual({ label, code, line })
})
