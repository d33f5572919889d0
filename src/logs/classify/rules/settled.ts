import { makeRules, type Rule } from '../rule.ts'

/** Causes whatever level the line gives itself: servers log a bad setting as LOG. */
export const alwaysRules: readonly Rule[] = [
  ...makeRules(
    'other',
    [
      /invalid value for parameter|unrecognized configuration parameter .{1,120} in file|parameter ".{1,80}" (?:cannot be changed|requires)|syntax error in file ".{1,200}" line/i,
      /archive command failed|wal_level|logical decoding requires/i,
    ],
    'always',
  ),
  // The kernel's audit: what a policy of SELinux or AppArmor forbade, and did not only note.
  ...makeRules('permission_auth', [/\bavc: {1,2}denied\b(?!.{0,600}\bpermissive=1)|\bapparmor="DENIED"/], 'always'),
  ...makeRules(
    'resource_disk_memory',
    [
      /was terminated by signal 9|Out of memory: Kill|oom-kill(?!er)|\bOOMKilled\b|to release replication slot|No space left on device/i,
    ],
    'always',
  ),
  // A server that only warns of why it ends.
  ...makeRules(
    'version_incompatibility',
    [/\bunsupported (?:upgrade|downgrade)\b|under any compatibility version/i],
    'always',
  ),
  // What a dump of a newer version asks of an older server.
  ...makeRules('version_incompatibility', [/Unknown table 'COLUMN_STATISTICS' in information_schema/], 'always'),
  ...makeRules('tool_internal', [/was terminated by signal (?:6|11)\b/i], 'always'),
  ...makeRules(
    'connectivity',
    [/could not bind .{0,120}address|Address already in use|could not accept SSL connection/i],
    'always',
  ),
]

/** Warnings that every healthy log has: no cause of anything. */
export const harmlessRules: readonly Rule[] = makeRules('other', [
  // What MongoDB says at each start, and SQL Server behind each check, in its languages.
  /Access control is not enabled for the database|\bDBCC\b.{0,80}(?:administrator|administrador|administrateur|amministratore|администратор|관리자|管理者|管理员)/i,
  /deprecat|will be removed in|is not recommended|native-hadoop library|Group FileSystemCounters|illegal reflective access|SLF4J|log4j:WARN/i,
  /(?:relation|table|schema|extension|index|column|sequence|view|type|function|constraint|trigger|role|database|procedure|policy|aggregate|operator|rule|text search) .{0,200}(?:already exists|does not exist), skipping/i,
  /skipping (?:as|because|since) .{1,80}(?:already exists|does not exist|is present)|exists and has been truncated|is casted to type|identifier ".{1,80}" will be truncated/i,
  /(?:does not|doesn't) exist(?: yet\b|[,;:]? (?:and |so |it )?(?:(?:it )?will be created|creating))|not found[,;:]? (?:(?:and|so) )?(?:will be created|creating|using (?:the )?default)/i,
  /Establishing SSL connection without|certificate .{0,60} is self[- ]signed\.?\s*$|insecure|[Uu]sing a password on the command line|there is no transaction in progress|there is already a transaction/i,
  /(?:, (?:so |and )?|\b(?:will be|is being|was|were) )ignored\.?\s*(?:\[[\w.]{1,120}\])?$|circular foreign-key constraints|partial dump from a server that has GTIDs/i,
  /no privileges (?:could be|were) (?:revoked|granted)|not all privileges could be|\bAborted connection \d{1,12} to db: .{1,200}(?:timeout|error) reading communication packets|\bno (?:errors|failures)\b|PASSED|(?:slow|long)[ -](?:query|running|copy|request|operation|statement|transaction|batch|insert|scan|task)|approaching (?:the )?(?:\w{1,20} )?(?:timeout|limit|threshold)|peerDependenc|npm WARN|ExperimentalWarning|UserWarning|FutureWarning/i,
])
