import { expect, test } from 'vitest'
import { judgeExcerpt } from './judge-excerpt.ts'

test.each([
  [
    'connectivity',
    '2013',
    1,
    "mysqldump: Error 2013: Lost connection to MySQL server during query when dumping table 't' at row: 1200",
  ],
  ['connectivity', '2002', 1, 'SQLSTATE[HY000] [2002] Connection refused'],
  [
    'connectivity',
    null,
    1,
    '2026-01-01T10:00:00.000000Z FATAL Failed to connect to mysql at "localhost" (port 3306) as user "root": Connection error "Connection refused"',
  ],
  ['connectivity', '2003', 1, "ERROR 2003 (HY000): Can't connect to MySQL server on '10.0.0.1' (110)"],
  [
    'constraint_violation',
    '1452',
    1,
    'ERROR 1452 (23000) at line 9: Cannot add or update a child row: a foreign key constraint fails',
  ],
  ['constraint_violation', '1062', 1, "pymysql.err.IntegrityError: (1062, \"Duplicate entry '1' for key 'PRIMARY'\")"],
  ['constraint_violation', '3819', 1, "ERROR 3819 (HY000): Check constraint 'a_chk_1' is violated."],
  ['data_conversion', '1366', 1, "ERROR 1366 (HY000) at line 3: Incorrect integer value: '' for column 'id' at row 1"],
  ['data_conversion', '1406', 1, "ERROR 1406 (22001) at line 5: Data too long for column 'name' at row 1"],
  [
    'data_conversion',
    '1292',
    1,
    "ERROR 1292 (22007) at line 7: Incorrect datetime value: '0000-00-00 00:00:00' for column 'created' at row 1",
  ],
  [
    'duplicate_object',
    '1050',
    1,
    "SQLSTATE[42S01]: Base table or view already exists: 1050 Table 'users' already exists",
  ],
  [
    'duplicate_object',
    null,
    1,
    '2026-01-01 10:00:00 FATAL Table _a_gho already exists. Panicking. Use --initially-drop-ghost-table to force dropping it',
  ],
  [
    'encoding',
    '1366',
    1,
    "ERROR 1366 (HY000) at line 44: Incorrect string value: '\\xF0\\x9F\\x98\\x80' for column 'name' at row 1",
  ],
  ['lock_deadlock_timeout', '1205', 1, 'ERROR 1205 (HY000): Lock wait timeout exceeded; try restarting transaction'],
  [
    'lock_deadlock_timeout',
    null,
    1,
    '2026-01-01 10:00:00 FATAL Timeout while attempting to execute magic rename: lock wait timeout exceeded',
  ],
  [
    'mapping_schema',
    '1071',
    1,
    'Illuminate\\Database\\QueryException: SQLSTATE[42000]: Syntax error or access violation: 1071 Specified key was too long; max key length is 767 bytes',
  ],
  ['mapping_schema', '1136', 1, "ERROR 1136 (21S01): Column count doesn't match value count at row 1"],
  [
    'mapping_schema',
    '1118',
    1,
    'ERROR 1118 (42000) at line 7: Row size too large (> 8126). Changing some columns to TEXT or BLOB may help.',
  ],
  ['mapping_schema', null, 1, '2026-01-01 10:00:00 FATAL No shared unique key can be found after ALTER! Bailing out'],
  ['missing_object', '1049', 1, "ERROR 1049 (42000): Unknown database 'shop'"],
  ['missing_object', '1146', 1, "SQLSTATE[42S02]: Base table or view not found: 1146 Table 'a.b' doesn't exist"],
  ['other', null, 1, '2026-01-01 10:00:00 FATAL You must have Binary Logs enabled (ROW format)'],
  [
    'permission_auth',
    '1045',
    1,
    "mysqldump: Got error: 1045: Access denied for user 'x'@'localhost' (using password: YES) when trying to connect",
  ],
  [
    'permission_auth',
    '1227',
    1,
    'ERROR 1227 (42000) at line 18: Access denied; you need (at least one of) the SUPER privilege(s) for this operation',
  ],
  [
    'permission_auth',
    '1290',
    1,
    'ERROR 1290 (HY000): The MySQL server is running with the --secure-file-priv option so it cannot execute this statement',
  ],
  [
    'permission_auth',
    '1290',
    1,
    'ERROR 1290 (HY000) at line 1: The MySQL server is running with the --read-only option so it cannot execute this statement',
  ],
  [
    'permission_auth',
    '1227',
    1,
    '2026-01-01 10:00:00 FATAL Error 1227: Access denied; you need (at least one of) the SUPER, REPLICATION CLIENT privilege(s) for this operation',
  ],
  [
    'resource_disk_memory',
    '1153',
    1,
    "ERROR 1153 (08S01) at line 96: Got a packet bigger than 'max_allowed_packet' bytes",
  ],
  ['resource_disk_memory', '1114', 1, "ERROR 1114 (HY000): The table 'x' is full"],
  ['syntax', '1064', 1, 'ERROR 1064 (42000) at line 1: You have an error in your SQL syntax; check the manual'],
  ['version_incompatibility', '1273', 1, "ERROR 1273 (HY000) at line 25: Unknown collation: 'utf8mb4_0900_ai_ci'"],
] as const)('%s, code %s, begins in line %i of: %s', (label, code, line, text) => {
  expect(judgeExcerpt(text)).toEqual({ label, code, line })
})
