import type { SessionName } from '../ports/content-tools.ts'
import { databaseOfUrl, nameSession } from './postgres-session.ts'

/** Parameters of an address that libpq reads from these variables. */
const variables: { readonly [parameter: string]: string } = {
  host: 'PGHOST',
  port: 'PGPORT',
  sslmode: 'PGSSLMODE',
  sslrootcert: 'PGSSLROOTCERT',
  sslcert: 'PGSSLCERT',
  sslkey: 'PGSSLKEY',
  connect_timeout: 'PGCONNECT_TIMEOUT',
  channel_binding: 'PGCHANNELBINDING',
}

/**
 * What PostgreSQL's own tools need to connect, as environment: a password in argv could be read by everybody on the
 * machine. Their sessions carry the step's name and end within a second after the tool does.
 */
export function writePostgresEnvironment(of: {
  readonly system: string
  readonly url: string
  /** Replaces the url's database. */
  readonly database?: string | undefined
  readonly session: SessionName
}): Record<string, string> {
  const database = of.database ?? databaseOfUrl(of.url, of.system)
  const { hostname, port, username, password, searchParams } = new URL(of.url)
  const env: Record<string, string> = {
    PGDATABASE: database,
    PGAPPNAME: nameSession(of.session),
    PGOPTIONS: '-c client_connection_check_interval=1s',
    PGCONNECT_TIMEOUT: '10',
  }
  // An IPv6 host stands in brackets in an address, without them in PGHOST.
  if (hostname !== '') env.PGHOST = decodeURIComponent(hostname).replace(/^\[(.*)\]$/, '$1')
  if (port !== '') env.PGPORT = port
  if (username !== '') env.PGUSER = decodeURIComponent(username)
  if (password !== '') env.PGPASSWORD = decodeURIComponent(password)
  for (const [parameter, value] of searchParams) {
    const variable = variables[parameter]
    if (variable !== undefined) env[variable] = value
  }
  return env
}
