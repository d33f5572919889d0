import { SalvorError } from '../../../domain/errors/fail.ts'
import type { TargetAddress } from '../../../ports/content-tools.ts'
import { forgetTriggers } from '../../event-triggers.ts'
import { withSession } from '../../postgres-session.ts'

/** Settings of a session's start beat those that roles and databases of the backup have: no library of theirs loads. */
const NO_LOCAL = '-c local_preload_libraries='
/** Only a superuser may say this one. */
const NO_SESSION = '-c session_preload_libraries='

/**
 * The target's roles and databases on the scratch server: by its socket, without passwords. The roles are the plan's own
 * ones, as the cluster knew them then: a backup's code runs with no more rights here than it would beside live.
 */
export function addressScratch(target: TargetAddress, socket: string): TargetAddress {
  const move = (url: string) => {
    const from = new URL(url)
    const to = new URL(`postgresql://localhost:5432${from.pathname}`)
    to.username = from.username
    to.searchParams.set('host', socket)
    to.searchParams.set('options', `${NO_LOCAL} ${NO_SESSION}`)
    return to.href
  }
  return { ...target, url: move(target.url), adminUrl: move(target.adminUrl) }
}

/** The same address with as many of these settings as its roles may say: asked of the server, once for each role. */
export async function settleOptions(there: TargetAddress, signal: AbortSignal): Promise<TargetAddress> {
  const settle = async (url: string) => {
    // Refused at the start, the session has loaded nothing; whatever else is wrong is told by who needs it.
    const thrown: unknown = await withSession(
      { system: there.system, url, session: there.session, signal },
      async () => null,
    ).catch((caught: unknown) => caught)
    signal.throwIfAborted()
    const isRefused = thrown instanceof SalvorError && thrown.message.includes('session_preload_libraries')
    if (!isRefused) return url
    const to = new URL(url)
    to.searchParams.set('options', NO_LOCAL)
    forgetTriggers(url)
    return to.href
  }
  return { ...there, url: await settle(there.url), adminUrl: await settle(there.adminUrl) }
}

/** The roles that a target's addresses log in as. */
export function rolesOf(target: TargetAddress): string[] {
  return [target.url, target.adminUrl].map((url) => decodeURIComponent(new URL(url).username))
}
