import type { Job } from './job.ts'
import type { RecoveryPlan } from './recovery-plan.ts'
import type { IncidentView, JobView } from './view.ts'

type PlanNames = Pick<RecoveryPlan, 'systems' | 'logs' | 'uat'>

/**
 * What the plan names and nobody has looked at in this incident, one thing a line: whoever closes it should not take
 * silence for health. A look that found something wrong was a look.
 */
export function listUnseen({ jobs }: IncidentView, plan: PlanNames): string[] {
  const looked = (test: (job: Job) => boolean) => jobs.some((view) => hasLooked(view) && test(view.job))
  const about = (kinds: readonly string[], param: string, name: string) =>
    looked(({ kind, params }) => kinds.includes(kind) && params[param] === name)
  const logs = Object.keys(plan.logs).filter((log) => !about(['logs'], 'log', log))
  const systems = Object.entries(plan.systems).flatMap(([name, system]) => {
    if (system.kind === 'service')
      return system.health !== undefined && !about(['restart', 'config'], 'service', name)
        ? [`whether ${name} is healthy`]
        : []
    return [
      ...(about(['verify', 'restore'], 'system', name) ? [] : [`what ${name} holds`]),
      ...(system.checks.length > 0 && !about(['test'], 'system', name) ? [`the checks of ${name}`] : []),
    ]
  })
  const tests = Object.keys(plan.uat).length > 0 && !looked(({ kind }) => kind === 'uat') ? ['acceptance test'] : []
  return [...logs.map((log) => `the log ${log}`), ...systems, ...tests]
}

/** It came to its end, or to its verdict. */
function hasLooked({ job, steps }: JobView): boolean {
  return job.state === 'succeeded' || steps.some(({ name, state }) => name === 'judge' && state === 'failed')
}
