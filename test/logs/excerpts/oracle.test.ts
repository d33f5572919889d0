import { expect, test } from 'vitest'
import { judgeExcerpt } from './judge-excerpt.ts'

test.each([
  ['connectivity', 'ORA-12541', 1, 'ORA-12541: TNS:no listener'],
  [
    'connectivity',
    'ORA-12154',
    2,
    'SQL*Loader-704: Internal error: ulconnect: OCIServerAttach [0]\nORA-12154: TNS:could not resolve the connect identifier specified',
  ],
  [
    'constraint_violation',
    'ORA-01400',
    2,
    'Record 1: Rejected - Error on table "T", column "C".\nORA-01400: cannot insert NULL into ("A"."T"."C")',
  ],
  [
    'constraint_violation',
    'ORA-00001',
    3,
    'IMP-00019: row rejected due to ORACLE error 1\nIMP-00003: ORACLE error 1 encountered\nORA-00001: unique constraint (A.PK) violated',
  ],
  [
    'data_conversion',
    'ORA-01722',
    2,
    'Record 5: Rejected - Error on table EMP, column SAL.\nORA-01722: invalid number',
  ],
  [
    'data_conversion',
    'ORA-01861',
    2,
    'Record 3: Rejected - Error on table T, column C.\nORA-01861: literal does not match format string',
  ],
  ['data_conversion', null, 2, 'Record 2: Rejected - Error on table T, column C.\nsecond enclosure string not present'],
  [
    'duplicate_object',
    'ORA-39151',
    1,
    'ORA-39151: Table "A"."B" exists. All dependent metadata and data will be skipped due to table_exists_action of skip',
  ],
  ['duplicate_object', 'ORA-31684', 1, 'ORA-31684: Object type USER:"A" already exists'],
  ['mapping_schema', 'SQL*Loader-466', 1, 'SQL*Loader-466: Column FOO does not exist in table BAR.'],
  ['missing_object', 'ORA-00942', 1, 'ORA-00942: table or view does not exist'],
  [
    'missing_object',
    'ORA-01917',
    2,
    "ORA-39083: Object type OBJECT_GRANT failed to create with error:\nORA-01917: user or role 'APP' does not exist\nFailing sql is:\nGRANT SELECT ON X TO APP",
  ],
  [
    'missing_object',
    'SQL*Loader-500',
    1,
    'SQL*Loader-500: Unable to open file (data.dat)\nSQL*Loader-553: file not found\nSQL*Loader-509: System error: No such file or directory',
  ],
  [
    'missing_object',
    'ORA-00942',
    1,
    'DBD::Oracle::st execute failed: ORA-00942: table or view does not exist (DBD ERROR: error possibly near <*> indicator at char 28 in \'SELECT\') [for Statement "SELECT"] at /usr/local/share/perl/5.26.1/Ora2Pg.pm line 4.\nFATAL: 942  ... ORA-00942: table or view does not exist\nAborting export...',
  ],
  [
    'missing_object',
    'ORA-27037',
    4,
    'ORA-39001: invalid argument value\nORA-39000: bad dump file specification\nORA-31640: unable to open dump file "/u01/a.dmp" for read\nORA-27037: unable to obtain file status\nLinux-x86_64 Error: 2: No such file or directory',
  ],
  ['missing_object', 'SP2-0310', 1, 'SP2-0310: unable to open file "x.sql"'],
  [
    'missing_object',
    'ORA-01291',
    1,
    '2026-01-01T10:00:00 [SOURCE_CAPTURE  ]E:  ORA-01291: missing log file [1022307] (oracdc_merger.c:1)',
  ],
  [
    'permission_auth',
    'ORA-01017',
    2,
    "DBD::Oracle error\nDBI connect('host=h;sid=x','system',...) failed: ORA-01017: invalid username/password; logon denied (DBD ERROR: OCISessionBegin)",
  ],
  [
    'permission_auth',
    'ORA-28000',
    1,
    'Failed to initialize: liquibase.exception.DatabaseException: java.sql.SQLException: ORA-28000: the account is locked',
  ],
  [
    'resource_disk_memory',
    'ORA-01653',
    2,
    'ORA-31693: Table data object "A"."B" failed to load/unload and is being skipped due to error:\nORA-01653: unable to extend table A.B by 128 in tablespace USERS',
  ],
  [
    'resource_disk_memory',
    'ORA-01555',
    1,
    'ORA-01555: snapshot too old: rollback segment number 8 with name "_SYSSMU8" too small',
  ],
  ['syntax', 'SQL*Loader-350', 1, 'SQL*Loader-350: Syntax error at line 3.\nExpecting "(", found "foo".'],
  ['syntax', 'SP2-0734', 1, 'SP2-0734: unknown command beginning "CREATEE TA..." - rest of line ignored.'],
  ['syntax', 'ORA-00901', 4, 'CREATE TABL X\n       *\nERROR at line 1:\nORA-00901: invalid CREATE command'],
  [
    'version_incompatibility',
    'ORA-39142',
    3,
    'ORA-39001: invalid argument value\nORA-39000: bad dump file specification\nORA-39142: incompatible version number 4.1 in dump file "/u01/a.dmp"',
  ],
] as const)('%s, code %s, begins in line %i of: %s', (label, code, line, text) => {
  expect(judgeExcerpt(text)).toEqual({ label, code, line })
})
