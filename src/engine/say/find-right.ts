import { SalvorError } from '../../domain/errors/fail.ts'
import type { RecoveryPlan } from '../../domain/recovery-plan.ts'
import type { AnyCommand, Right } from '../define-command.ts'
import { isRunId } from '../moves/run.ts'
import type { SayDeps } from './deps.ts'

/** The right that these words need under the plan in force. Throws `job_unknown` for a job that nobody asked for. */
export async function findRight(
  deps: SayDeps,
  plan: RecoveryPlan,
  command: AnyCommand,
  params: unknown,
): Promise<Right> {
  const jobSystem = await findJobSystem(deps, params)
  return command.right(params as never, plan, { jobSystem, approverRoles: listApprovers(deps, plan, jobSystem) })
}

/** Every right that would do for some params: one a system that the command works on. What `help` shows goes by these. */
export function listRights(deps: SayDeps, plan: RecoveryPlan, command: AnyCommand): Right[] {
  const takes = command.syntax.words.map((word) => word.takes)
  const wanted = takes.includes('system') ? 'postgres' : takes.includes('service') ? 'service' : null
  const systems = Object.keys(plan.systems).filter((name) => wanted === null || plan.systems[name]?.kind === wanted)
  return [...(wanted === null ? [null] : []), ...systems].map((system) => {
    const params = system === null ? {} : { system, service: system, job: '' }
    const approverRoles = listApprovers(deps, plan, system)
    return command.right(params as never, plan, { jobSystem: system, approverRoles })
  })
}

function listApprovers(deps: SayDeps, plan: RecoveryPlan, system: string | null): readonly string[] {
  // Which card it is, and whether it is the turn of those whom its policy turns to later, the approval itself says.
  const policies = (['reversible', 'destructive'] as const).map((risk) => deps.plans.policyFor(plan, system, risk))
  const asking = policies.filter(({ count }) => count > 0)
  return [
    ...new Set(asking.flatMap(({ from, escalateTo, emergencyFrom }) => [...from, ...escalateTo, ...emergencyFrom])),
  ]
}

async function findJobSystem(deps: SayDeps, params: unknown): Promise<string | null> {
  if (typeof params !== 'object' || params === null || !('job' in params)) return null
  const { job } = params
  if (typeof job !== 'string' || job === 'all') return null
  if (isRunId(job)) {
    // A run is about many systems: each step's own right is checked when it is steered.
    if (!(await deps.store.viewRun(job))) throw new SalvorError('run_unknown', { run: job })
    return null
  }
  const view = await deps.store.viewJob(job)
  if (!view) throw new SalvorError('job_unknown', { job })
  return deps.jobs.find(view.job.kind)?.system(view.job.params as never) ?? null
}
