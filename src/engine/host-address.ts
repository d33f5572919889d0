import type { RecoveryPlan } from '../domain/recovery-plan.ts'
import type { HostAddress } from '../ports/host.ts'

/** What it takes to read a host out of the plan: `${NAME}` expanded, relative paths at the plan's folder. */
interface Reach {
  readonly plan: RecoveryPlan
  expand(text: string): string
  resolvePath(path: string): string
}

/** A host of the plan as tools reach it; undefined for a name that `hosts:` does not know, which is a machine's own. */
export function hostAddressOf(
  { plan, expand, resolvePath }: Reach,
  name: string,
  once?: string,
): HostAddress | undefined {
  const host = plan.hosts[name]
  if (host === undefined) return undefined
  const { identity } = host
  return {
    name,
    ssh: expand(host.ssh),
    knownHosts: resolvePath(host.knownHosts),
    become: (host.become ?? []).map(expand),
    ...(identity === undefined ? {} : { identity: resolvePath(identity) }),
    ...(once === undefined ? {} : { once }),
  }
}
