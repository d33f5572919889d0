import type { JudgedEvent } from './judge-event.ts'

/** What is said of a server that cannot be reached yet. */
export const cannotConnect =
  /refused|starting up|not (?:yet )?accepting|(?:can't|cannot|could not|couldn't|failed to|unable to) (?:be )?(?:reach|connect|translate|resolve)|name resolution|name or service not known|getaddrinfo|no route to host|unreachable|ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ServerSelection|Communications link failure|ORA-(?:12541|12514|12528|01033|01034)\b/i

/** A server that starts says this to whoever comes too early, and the second line once it has. */
const starting = /^(?:FATAL: {1,2})?the database system is (?:starting up|not yet accepting connections)/
const ready = /\bLOG: {1,2}database system is ready to accept (?:read-only )?connections\b/

/** What Compose says of a container that ended, and what it puts in front of each of its lines. */
const exited = /^\s*(?<name>[\w.-]{1,80}) exited with code (?<code>\d{1,3})\s*$/
const written = /^(?<name>[\w.-]{1,80}) {1,20}\| /
/** Any other word of a program that did not end well. */
const endedBadly = /\bexit(?:ed)?(?: with)?(?: code| status| value)?\s?[:=]? ?[1-9]\d{0,2}\b/i

/**
 * Whether a server could not be reached, and the lines behind say that it was: by the server's own log, or because the
 * same container was started again and ended well. Of no container the last word may be that it failed.
 */
export function isWaitOver({ event, label, lines: [best] }: JudgedEvent, behind: readonly string[]): boolean {
  if (label !== 'connectivity' || !best || !cannotConnect.test(best.line.message)) return false
  const codes = new Map<string, string>()
  for (const line of behind) {
    const { name, code } = exited.exec(line)?.groups ?? {}
    if (name !== undefined && code !== undefined) codes.set(name, code)
    else if (endedBadly.test(line)) return false
  }
  if ([...codes.values()].some((code) => code !== '0')) return false
  if (event.format.startsWith('postgres') && starting.test(best.line.message))
    return behind.some((line) => ready.test(line))
  const name = written.exec(best.line.text)?.groups?.name
  return name !== undefined && codes.get(name) === '0'
}
