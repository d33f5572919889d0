import type { NextFacts } from '../domain/next.ts'
import type { RecoveryPlan } from '../domain/recovery-plan.ts'
import type { RunView } from '../domain/run.ts'
import { findUndoOf, stillStands } from '../domain/undone.ts'
import type { IncidentView } from '../domain/view.ts'
import type { JobRegister } from './define-job.ts'
import { takesBack } from './takes-back.ts'

type PlanSays = Pick<RecoveryPlan, 'procedures' | 'systems' | 'migrations' | 'logs'>

/** The procedure that the button starts where a plan has several. */
const FULL = 'full-recovery'
/** More systems than this are asked for by their names. */
const SYSTEMS = 2

/** What could be begun in an incident, by the plan in force and by what was done so far. */
export function findNext(jobs: JobRegister, plan: PlanSays, view: IncidentView, runs: readonly RunView[]): NextFacts {
  return {
    procedure: findProcedure(plan),
    backups: listWithBackups(plan, view),
    log: findUnread(plan, view),
    runs: runs.some(({ run }) => run.state === 'running' || run.state === 'needs_person'),
    tried: runs.length > 0,
    brought: hasBrought(jobs, view),
  }
}

function findProcedure({ procedures }: PlanSays): NextFacts['procedure'] {
  const names = Object.keys(procedures)
  const name = names.includes(FULL) ? FULL : names.length === 1 ? names[0] : undefined
  const found = name === undefined ? undefined : procedures[name]
  return name === undefined || found === undefined ? null : { name, title: found.title }
}

/** The incident's own system, else the first of the plan. */
function listWithBackups({ systems }: PlanSays, { incident }: IncidentView): string[] {
  const known = Object.entries(systems).flatMap(([name, system]) =>
    system.kind === 'postgres' && system.backups.length > 0 ? [name] : [],
  )
  if (incident.system !== null && known.includes(incident.system)) return [incident.system]
  return known.slice(0, SYSTEMS)
}

/** Logs of migrations before others, those of the incident's own system first; each until it was analysed once. */
function findUnread({ migrations, logs }: PlanSays, { incident, jobs }: IncidentView): string | null {
  const of = Object.values(migrations).flatMap(({ system, log }) => (log === undefined ? [] : [{ system, log }]))
  const own = of.filter(({ system }) => system === incident.system)
  const names = [...own, ...of].map(({ log }) => log)
  const read = jobs.filter(({ job }) => job.kind === 'logs' && job.state !== 'failed' && job.state !== 'stopped')
  const known = new Set(read.filter(({ job }) => job.params.follow !== true).map(({ job }) => job.params.log))
  const order = names.length > 0 ? names : Object.keys(logs)
  return order.find((log) => Object.hasOwn(logs, log) && !known.has(log)) ?? null
}

function hasBrought(register: JobRegister, { jobs }: IncidentView): boolean {
  const taken = takesBack(register)
  return jobs.some(({ job }) => {
    const { outcome } = job
    const says = outcome !== null && typeof outcome === 'object' && !Array.isArray(outcome) && 'back' in outcome
    return job.state === 'succeeded' && says && stillStands(findUndoOf(job.id, jobs, taken))
  })
}
