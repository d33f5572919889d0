/**
 * A line in which a driver prints one field of an error, such as `code: '23505',` of node-postgres or `SQL state: 23505`:
 * it may stand below a long stack, and still be of what stands above it.
 */
const field =
  /^[\s*|>-]{0,40}["']?(?:code|errno|sql_?state|sql ?state|sqlMessage|SQL ?State|Error ?Code|severity|detail|hint|where|position|schema(?:_name)?|table(?:_name)?|column(?:_name)?|data_?type|constraint(?:_name)?|routine|[Nn]umber|Procedure|Server|LineNumber|SqlState|MessageText|TableName|ColumnName|ConstraintName|SchemaName|Detail|Migration(?: name)?|migration|[Ff]ile|[Mm]odel|Location|Change ?[Ss]et|Script|Path|Task|DAG|Job|Step|Database error code|meta|target|modelName|field_name|driverError|originalError|errorNum)["']?\s{0,12}[:=]\s?\S/

export function isField(text: string): boolean {
  return field.test(text.length > 300 ? text.slice(0, 300) : text)
}

/** A migration as a frame of a stack names it: by its file, in a folder of such or with its number in front. */
const migration =
  /(?:^|[\s/\\("'@])(?:db\/migrate|migrations?|migrate|changelogs?|alembic\/versions)\/[\w.-]{4,120}\.(?:go|rb|py|js|mjs|ts|php|cs|kt|java|sql|exs?)\b|(?<!\w)[Vv]?\d{8,17}_{1,2}\w{3,80}\.(?:go|rb|py|js|mjs|ts|php|cs|kt|java|sql|exs?)\b/
/** A folder of what others wrote. */
const library = /node_modules|site-packages|dist-packages|\/vendor\/|\/gems\/|\/pkg\/mod\//

/** A line that names the migration in which it went wrong, and is no line of a library. */
export function namesMigration(text: string): boolean {
  const head = text.length > 400 ? text.slice(0, 400) : text
  return migration.test(head) && !library.test(head)
}
