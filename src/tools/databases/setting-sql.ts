import pg from 'pg'

/** Settings whose stored text is a list of quoted names; as in pg_dump, whose list this is. */
const quotedLists = new Set([
  'local_preload_libraries',
  'search_path',
  'session_preload_libraries',
  'shared_preload_libraries',
  'temp_tablespaces',
  'unix_socket_directories',
])

/** `name=value` of pg_db_role_setting as the words after SET: `"search_path" TO 'a', 'B'`. */
export function writeSetting(setting: string): string {
  const at = setting.indexOf('=')
  const name = setting.slice(0, at)
  const value = setting.slice(at + 1)
  const quotedName = name.split('.').map(pg.escapeIdentifier).join('.')
  const values = quotedLists.has(name.toLowerCase()) ? splitNames(value) : [value]
  return `${quotedName} TO ${values.map(pg.escapeLiteral).join(', ')}`
}

/** Name of a setting as it is stored. */
export function nameOfSetting(setting: string): string {
  return setting.slice(0, setting.indexOf('='))
}

/** Splits `"$user", public` into its names, undoing the quotes; an empty text is one empty name. */
export function splitNames(list: string): string[] {
  const names = [...list.matchAll(/\s*(?:"((?:[^"]|"")*)"|([^,]*))\s*(?:,|$)/g)]
    .filter((match) => match[0] !== '')
    .map((match) => match[1]?.replaceAll('""', '"') ?? (match[2] ?? '').trim())
  return names.length === 0 ? [''] : names
}
