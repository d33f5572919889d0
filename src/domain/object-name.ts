/**
 * Names of database objects, from the outside in: `['public', 'orders']`, `['public', 'orders', 'id']`. Written with
 * dots between; a part that holds a dot or a quote is quoted as SQL does, so that no two paths are written alike.
 */
export type ObjectPath = readonly string[]

/** `public.orders`; `"a.b".c` is another one than `a."b.c"`. */
export function writeName(path: ObjectPath): string {
  return path.map(writePart).join('.')
}

function writePart(part: string): string {
  return /[."]/.test(part) || part === '' ? `"${part.replaceAll('"', '""')}"` : part
}

/** The SQL expression that writes two names as writeName does. */
export function writeNameSql(schema: string, name: string): string {
  const part = (sql: string) =>
    `CASE WHEN ${sql} ~ '[."]' THEN '"' || replace(${sql}, '"', '""') || '"' ELSE ${sql}::text END`
  return `(${part(schema)} || '.' || ${part(name)})`
}
