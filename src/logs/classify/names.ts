/** Names of settings that messages speak of: they tell what went wrong. */
const telling =
  /^(?:lock_timeout|statement_timeout|max_[a-z_]{3,40}|wal_level|sql_mode|temp_file_limit|pg_hba|innodb_[a-z_]{3,40}|shared_buffers|work_mem|binlog_[a-z_]{3,20}|gtid_mode|log_bin|server_id|local_infile)$/

/** Those that messages put in quotes, and that nobody calls a table. */
const limit =
  /^max_(?:allowed_packet|connections|locks_per_transaction|prepared_transactions|worker_processes|wal_senders|replication_slots)$/

/** What is put where a name stood. */
const some = 'x'

const names: readonly (readonly [RegExp, string | ((name: string) => string)])[] = [
  // A clause that only says what would be put up with.
  [/\bIF (?:NOT )?EXISTS\b/g, some],
  // A table with its database.
  [
    /\b(for|of|restoring|collection|reading|table|into) (?=[\w-]{0,60}[a-z])[\w-]{1,60}\.[\w-]{1,60}(?<!Exception|Error)(?=[\s,;:(]|$)/g,
    (name) => name.replace(/\S+$/, some),
  ],
  // One word in quotes: a table, a column, a user, a value.
  [
    /["'`«»“”][\p{L}\p{N}_.$:/\\@-]{1,200}["'`«»“”]/gu,
    (name) => (limit.test(name.slice(1, -1)) ? name : `${name[0]}${some}${name.at(-1)}`),
  ],
  // What a change, a step or a table is called, in several words.
  [
    /\b(version|migration|change ?set|script|step|job|task|table|model|file) (["'`])[^"'`]{1,160}\2/gi,
    `$1 $2${some}$2`,
  ],
  // What follows a hash or stands in a path, and files.
  [/(?<![\w.])(?:[A-Za-z]:\\|\.{0,2}\/)(?!O\b)[\w.@+:%$/\\-]{2,300}/g, some],
  [/\b[\w.-]{1,100}(?:\/[\w.@+-]{1,100}){2,20}(?:::[\w.@+-]{1,100}){0,4}/g, some],
  [
    /\b(?!pg_hba\.|pg_ident\.|postgresql\.)[\w./-]{1,200}\.(?:sql|ddl|py|js|mjs|ts|xml|ya?ml|rb|json|csv|tsv|go|php|log|conf|ini|properties|sh|dump|ctl)\b(?:::[\w.@+-]{1,100}){0,4}/gi,
    some,
  ],
  // Options of a command line.
  [/(?<!\S)--(?!secure-file-priv|[\w-]{1,60} option)[a-z][\w-]{1,60}(?:[= ]\d\w{0,10})?/gi, some],
  // `login_timeout`, `00013_lock_timeout`; all in capitals is a code.
  [/\b(?=\w{0,60}[a-z])\w{1,60}(?:_\w{1,60}){1,12}\b/g, (name) => (telling.test(name) ? name : some)],
  // The same in other scripts: `실패_주문`.
  [
    /(?<![\p{L}\p{N}_])[\p{L}\p{N}]{1,40}(?:_[\p{L}\p{N}]{1,40}){1,12}(?![\p{L}\p{N}_])/gu,
    (name) => (/[^ -~]/.test(name) ? some : name),
  ],
  // Settings with their values: `connectionTimeout: 30000`, `CommandTimeout='30'`.
  [
    /\b(?!errno|error|code|status|exit|msg|line|row|state|sqlstate)(?=[\w.-]{0,60}(?:[a-z][A-Z]|[_.-]|[\w.-]{0,60}=))[A-Za-z][\w.-]{2,60}\s?[:=]\s?["']?(?:\d[\w.]{0,20}|x|true|false|null|none|on|off)["']?(?=[\s,;)\]}]|$)/g,
    some,
  ],
  // And those whose value is a word: `DataErrorPolicy=LOG_ERROR`.
  [/\b(?!errno|error|code)(?=\w{0,60}[a-z][A-Z])[A-Za-z]\w{2,60}=[A-Z][A-Z_]{2,40}(?=[\s,;)\]}]|$)/g, some],
  // `0007-add-not-null`, as files of changes are called.
  [/\b\d{2,20}(?:-[a-z0-9]{1,40}){2,20}/gi, some],
]

/** The words of a message without the names in it: a table called `failed_jobs` says nothing of a failure. */
export function dropNames(text: string): string {
  return names.reduce(
    (so, [pattern, to]) => (typeof to === 'string' ? so.replace(pattern, to) : so.replace(pattern, to)),
    text,
  )
}
