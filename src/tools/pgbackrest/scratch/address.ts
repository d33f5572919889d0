import { roleOfUrl } from '../../../domain/role-of-url.ts'
import type { TargetAddress } from '../../../ports/content-tools.ts'

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
    return to.href
  }
  return { ...target, url: move(target.url), adminUrl: move(target.adminUrl) }
}

/** The roles that a target's addresses log in as. */
export function rolesOf(target: TargetAddress): string[] {
  return [target.url, target.adminUrl].map(roleOfUrl)
}
