import { SalvorError } from '../domain/errors/fail.ts'
import type { PostgresSystem, RecoveryPlan } from '../domain/recovery-plan.ts'
import type { SessionName, TargetAddress } from '../ports/content-tools.ts'

/**
 * Where a system's database is, its urls expanded in this process. Throws `system_unknown` for anything else than a
 * database of the plan, and `plan_variable` for a variable that this process does not have.
 */
export function addressOf(
  of: { readonly plan: RecoveryPlan; readonly expand: (text: string) => string },
  system: string,
  session: SessionName,
): TargetAddress {
  const found = of.plan.systems[system]
  if (found?.kind !== 'postgres') {
    const known = Object.keys(of.plan.systems).join(', ')
    throw new SalvorError('system_unknown', { system, nearest: known, known })
  }
  const url = of.expand(found.url)
  const adminUrl = found.adminUrl === undefined ? maintenanceOf(url) : of.expand(found.adminUrl)
  const apart = found.loadUrl === undefined ? {} : { loadUrl: of.expand(found.loadUrl) }
  return { system, url, adminUrl, ...apart, session: keepFrom(found, session) }
}

/** A superuser's address is refused by every session, unless the plan says why it must be one. */
function keepFrom({ superuser }: PostgresSystem, session: SessionName): SessionName {
  return superuser === undefined ? { ...session, refusesSuperuser: true } : session
}

function maintenanceOf(url: string): string {
  const address = new URL(url)
  address.pathname = '/postgres'
  return address.href
}

/** The database that an address names; libpq's rule where it names none. */
export function nameInAddress(url: string): string {
  const address = new URL(url)
  return decodeURIComponent(address.pathname.slice(1)) || decodeURIComponent(address.username) || 'postgres'
}
