/**
 * A line in which a driver prints one field of an error, such as `code: '23505',` of node-postgres or `SQL state: 23505`:
 * it may stand below a long stack, and still be of what stands above it.
 */
const field =
  /^[\s*|>-]{0,40}["']?(?:code|errno|sql_?state|sql ?state|sqlMessage|SQL ?State|Error ?Code|severity|detail|hint|where|position|schema(?:_name)?|table(?:_name)?|column(?:_name)?|data_?type|constraint(?:_name)?|routine|Number|Procedure|Server|LineNumber|SqlState|MessageText|TableName|ColumnName|ConstraintName|SchemaName|Detail|Migration(?: name)?|migration|[Ff]ile|[Mm]odel|Location|Change ?[Ss]et|Script|Path|Task|DAG|Job|Step|Database error code|meta|target|modelName|field_name|driverError|originalError|errorNum)["']?\s{0,12}[:=]\s?\S/

export function isField(text: string): boolean {
  return field.test(text.length > 300 ? text.slice(0, 300) : text)
}
