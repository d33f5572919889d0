import type { PlanText } from '../domain/recovery-plan.ts'
import type { PlanPath, Problem } from './problem.ts'

/** Where a value of the environment stands; `$${` is plain text and hides nothing. */
const reference = /(?<!\$)\$\{[^}]*\}/g
/** User and password of an address, up to the last @ before its path. */
const authority = /[a-z][a-z0-9+.-]*:\/\/([^\s/?#"'<>]*)(\S*)/gi
/** A password as a parameter of an address, or of libpq's `host=… password=…`. */
const parameter = /(?:^|[?&\s])(?:ssl)?password\s*=\s*('[^']*'|[^&\s]*)/gi

/**
 * A plan is kept in the store, shown and sent about, so no password stands in it: neither in an address anywhere, nor
 * as a parameter of one. The problem names the key, never the value.
 */
export function checkPasswords(plan: PlanText): Problem[] {
  return look(plan, [])
}

function look(value: unknown, path: PlanPath): Problem[] {
  if (typeof value === 'string') return holdsPassword(value, path) ? [complain(path)] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, child]) =>
    look(child, [...path, Array.isArray(value) ? Number(key) : key]),
  )
}

function holdsPassword(text: string, path: PlanPath): boolean {
  const isAddress =
    ['url', 'adminUrl', 'loadUrl'].includes(String(path.at(-1))) || /^[a-z][a-z0-9+.-]*:\/\//i.test(text)
  // What stands in for a value of the environment is one character that no address needs to be quoted for.
  const written = text.replace(reference, '\ue000')
  const inUser = [...written.matchAll(authority)].some(([, host = '', rest = '']) => isLiteralIn(host, rest))
  const inParameter = isAddress && [...written.matchAll(parameter)].some(([, said = '']) => isLiteral(said))
  return inUser || inParameter
}

function isLiteralIn(host: string, rest: string): boolean {
  const at = host.lastIndexOf('@')
  const colon = host.indexOf(':')
  if (at >= 0) return colon >= 0 && colon < at && isLiteral(host.slice(colon + 1, at))
  // `u:pass/word@host`: people do not quote the slash, and then what should be a port is none.
  const port = colon < 0 ? '' : host.slice(colon + 1)
  return rest.includes('@') && port !== '' && !host.startsWith('[') && !/^(\d+|\ue000)$/.test(port)
}

function isLiteral(password: string): boolean {
  return password.replace(/[\ue000']/g, '') !== ''
}

function complain(path: PlanPath): Problem {
  const key = path.join('.')
  return {
    path,
    problem: `${key} holds a password`,
    fix: `Put the address into the environment and write \${NAME} here: the plan is kept, shown and sent about.`,
  }
}
