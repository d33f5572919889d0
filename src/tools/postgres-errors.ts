import { SalvorError } from '../domain/errors/fail.ts'

/** Codes of a server that answers but will not let this role in: authentication, unknown database, CONNECT. */
const refusals = new Set(['28P01', '28000', '3D000', '42501', '55000'])
/** Too many connections, by a limit of the database, the role or the server. */
const FULL = '53300'
/** Codes of a connection that was there and broke, from Node and from PostgreSQL. */
const breaks = new Set(['ECONNRESET', 'EPIPE', '57P01', '57P02', '57P05', '08000', '08003', '08006', '58000'])
const brokenText = /connection terminated|connection ended|not queryable|server closed the connection/i

/** What went wrong while connecting, as target_refused, target_connections or target_unreachable; the url's password is blotted out. */
export function mapConnectError(thrown: unknown, system: string, url: string): SalvorError {
  if (thrown instanceof SalvorError) return thrown
  const seen = blotPassword(describe(thrown), url)
  const sqlState = codeOf(thrown)
  // What a function of the database raised, before the session had said a word.
  if (sqlState.startsWith('P0')) return new SalvorError('target_login_trigger', { system, seen })
  const code = refusals.has(sqlState)
    ? 'target_refused'
    : sqlState === FULL
      ? 'target_connections'
      : 'target_unreachable'
  return new SalvorError(code, { system, seen })
}

/** A connection that broke becomes target_lost; a full disk target_full; every other error stays as it is. */
export function mapTargetError(thrown: unknown, system: string): unknown {
  if (thrown instanceof SalvorError) return thrown
  if (isBroken(thrown)) return new SalvorError('target_lost', { system, seen: describe(thrown) }, { cause: thrown })
  if (codeOf(thrown) === '53100') {
    return new SalvorError('target_full', { system, seen: describe(thrown) }, { cause: thrown })
  }
  return thrown
}

/** True if the session itself is gone, so that nothing more can be asked through it. */
export function isBroken(thrown: unknown): boolean {
  return breaks.has(codeOf(thrown)) || (thrown instanceof Error && brokenText.test(thrown.message))
}

/** SQLSTATE or Node's error code; empty where there is none. */
export function codeOf(thrown: unknown): string {
  const code = thrown instanceof Error ? (thrown as Error & { code?: unknown }).code : undefined
  return typeof code === 'string' ? code : ''
}

/** Node gathers the failures of several addresses in an AggregateError whose own message is empty. */
function describe(thrown: unknown): string {
  if (thrown instanceof AggregateError) return thrown.errors.map(describe).join('; ')
  return thrown instanceof Error ? thrown.message : String(thrown)
}

function blotPassword(text: string, url: string): string {
  const password = URL.canParse(url) ? new URL(url).password : ''
  if (password === '') return text
  return text.replaceAll(password, '***').replaceAll(decodeURIComponent(password), '***')
}
