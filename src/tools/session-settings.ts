/** A server's settings by name. */
export type SessionSettings = { readonly [name: string]: string }

/**
 * What a session on a target starts with, whatever its database and role have set: a database's owner may set all of
 * these, and change by them what a statement means or prints. Settings of the start win over those of the database.
 */
const neutral: SessionSettings = {
  // ALTER DATABASE … SET role makes a session another role from its first moment on.
  role: 'none',
  exit_on_error: 'off',
  statement_timeout: '0',
  lock_timeout: '0',
  idle_in_transaction_session_timeout: '0',
  default_transaction_read_only: 'off',
  default_transaction_isolation: 'read committed',
  default_transaction_deferrable: 'off',
  standard_conforming_strings: 'on',
  transform_null_equals: 'off',
  array_nulls: 'on',
  quote_all_identifiers: 'off',
  row_security: 'on',
}

/**
 * Names without a schema mean PostgreSQL's own functions, operators and types, never those that a database's owner
 * put before them: such a function would run with the rights of the session, and answer what it likes.
 */
const ownNames: SessionSettings = { search_path: 'pg_catalog,pg_temp' }

/**
 * Startup options of a session: the neutral settings, what the address asks for, what the caller adds, and last the
 * path, which nothing replaces. `names: 'of the database'` leaves the path alone: for asking what it is.
 */
export function writeStartupOptions(
  url: string,
  added: SessionSettings = {},
  names: 'of PostgreSQL' | 'of the database' = 'of PostgreSQL',
): string {
  const asked = URL.canParse(url) ? new URL(url).searchParams.get('options') : null
  const path = names === 'of PostgreSQL' ? [writeSettings(ownNames)] : []
  return [writeSettings(neutral), ...(asked === null ? [] : [asked]), writeSettings(added), ...path]
    .filter((one) => one !== '')
    .join(' ')
}

/** The address without its startup options, which would replace those that are given beside it. */
export function withoutOptions(url: URL): string {
  const address = new URL(url)
  address.searchParams.delete('options')
  return address.href
}

/** The server splits the text at spaces and takes a backslash for an escape. */
function writeSettings(settings: SessionSettings): string {
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value.replaceAll(/[\\\s]/g, '\\$&')}`)
    .join(' ')
}
