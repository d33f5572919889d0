import type { Incident } from '../../domain/incident.ts'
import type { RecoveryPlan } from '../../domain/recovery-plan.ts'
import type { Step } from '../../domain/step.ts'
import type { JobView } from '../../domain/view.ts'
import type { AnyJobKind } from '../define-job.ts'
import type { StepDefinition } from '../define-step.ts'
import type { WorkDeps } from './deps.ts'

/** A step with all that belongs to it, read from the store at this moment. */
export interface LoadedStep {
  readonly view: JobView
  readonly step: Step
  readonly incident: Incident
  readonly plan: RecoveryPlan
  readonly kind: AnyJobKind
  readonly definition: StepDefinition<never>
  readonly params: unknown
}

/** Reads a step; throws when the store or the register does not have it, which only a wrong deployment can cause. */
export async function loadStep(deps: WorkDeps, id: string): Promise<LoadedStep> {
  const view = await deps.store.viewJob(id.slice(0, id.indexOf('/')))
  const step = view?.steps.find((one) => one.id === id)
  if (!view || !step) throw new Error(`the store has no step ${id}`)
  const kind = deps.jobs.find(view.job.kind)
  const definition = kind?.steps.find((one) => one.name === step.name)
  if (!kind || !definition) throw new Error(`this program has no step ${id}`)
  const incident = await deps.store.findIncident(view.job.incident)
  if (!incident) throw new Error(`the store has no incident ${view.job.incident}`)
  const plan = await deps.plans.byDigest(view.job.planDigest)
  return { view, step, incident, plan, kind, definition, params: kind.params.parse(view.job.params) }
}
