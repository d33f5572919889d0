import { isAbsolute, join } from 'node:path'
import { SalvorError } from '../../domain/errors/fail.ts'
import type { Incident } from '../../domain/incident.ts'
import type { Json } from '../../domain/json.ts'
import type { PostgresSystem, RecoveryPlan, ServiceSystem, System } from '../../domain/recovery-plan.ts'
import type { Step } from '../../domain/step.ts'
import type { JobView } from '../../domain/view.ts'
import type { TargetAddress } from '../../ports/content-tools.ts'
import { addressOf } from '../address.ts'
import type { LookContext } from '../define-step.ts'
import type { WorkDeps } from './deps.ts'

/** What a step may look at; `runStep` adds what it may do. */
export function createLookContext(
  deps: WorkDeps,
  of: {
    view: JobView
    step: Step
    incident: Incident
    plan: RecoveryPlan
    params: unknown
    signal: AbortSignal
    fence: number
  },
): LookContext<never> {
  const { view, step, plan } = of
  const find = <K extends System['kind']>(name: string, kind: K): Extract<System, { kind: K }> => {
    const system = plan.systems[name]
    const known = Object.keys(plan.systems).join(', ')
    if (!system) throw new SalvorError('system_unknown', { system: name, nearest: known, known })
    if (system.kind !== kind) {
      throw new SalvorError('system_kind', {
        system: name,
        kind: system.kind,
        command: view.job.kind,
        wanted: kind,
        known,
      })
    }
    return system as Extract<System, { kind: K }>
  }
  const target = (name: string): TargetAddress => {
    find(name, 'postgres')
    const session = { step: step.id, fence: of.fence, installation: deps.installation }
    return addressOf({ plan, expand: deps.expand }, name, session)
  }
  return {
    job: view.job,
    incident: of.incident,
    params: of.params as never,
    step: { id: step.id, name: step.name, attempt: step.attempt, fence: of.fence },
    installation: deps.installation,
    plan,
    postgres: (name): PostgresSystem => find(name, 'postgres'),
    service: (name): ServiceSystem => find(name, 'service'),
    target,
    expand: deps.expand,
    resolvePath: (path) => {
      const expanded = deps.expand(path)
      return isAbsolute(expanded) ? expanded : join(plan.folder, expanded)
    },
    outputOf: (name): Json => view.steps.find((one) => one.name === name)?.output ?? null,
    records: step.records,
    accepted: view.accepted,
    signal: of.signal,
    tools: deps.tools,
    store: deps.store,
    log: deps.log.child({ job: view.job.id, step: step.name, attempt: step.attempt }),
    now: () => deps.clock.now(),
  }
}
