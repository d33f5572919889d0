import { silenceTriggers } from './event-triggers.ts'
import { type SessionSettings, writeStartupOptions } from './session-settings.ts'

/** Parameters of a url's query that libpq knows by another name in the environment. */
const parameters: { readonly [parameter: string]: string } = {
  sslmode: 'PGSSLMODE',
  sslrootcert: 'PGSSLROOTCERT',
  sslcert: 'PGSSLCERT',
  sslkey: 'PGSSLKEY',
  host: 'PGHOST',
  port: 'PGPORT',
  connect_timeout: 'PGCONNECT_TIMEOUT',
  channel_binding: 'PGCHANNELBINDING',
}

/**
 * A url as libpq's environment variables: a password has no place in argv, where every user of the machine sees it.
 * The tool's sessions start as ours do, and with the settings given.
 */
export function writeLibpqEnvironment(
  url: string,
  settings: SessionSettings = {},
): { readonly [name: string]: string } {
  const address = new URL(url)
  const pairs: [string, string][] = [
    // An IPv6 host stands in brackets in an address, without them in PGHOST.
    ['PGHOST', address.hostname.replace(/^\[|\]$/g, '')],
    ['PGPORT', address.port],
    ['PGUSER', address.username],
    ['PGPASSWORD', address.password],
    ['PGDATABASE', address.pathname.slice(1)],
  ]
  const given = pairs.filter(([, value]) => value !== '').map(([name, value]) => [name, decodeURIComponent(value)])
  const asked = [...address.searchParams].flatMap(([name, value]) => {
    const known = parameters[name]
    return known === undefined ? [] : [[known, value]]
  })
  return {
    PGCONNECT_TIMEOUT: '10',
    PGOPTIONS: writeStartupOptions(url, {
      client_connection_check_interval: '1s',
      ...silenceTriggers(url),
      ...settings,
    }),
    ...Object.fromEntries([...given, ...asked]),
  }
}
