import type { Approval } from '../../domain/approval.ts'
import type { Json } from '../../domain/json.ts'
import type { Lease } from '../../ports/store.ts'
import type { StepContext } from '../define-step.ts'
import type { WorkDeps } from './deps.ts'
import type { LeaseWatch } from './hold-lease.ts'
import type { LoadedStep } from './load-step.ts'
import { createLookContext } from './step-context.ts'

/** Calls the step with all that it may do. Its answer is JSON, or it throws. */
export async function runDefinition(
  deps: WorkDeps,
  lease: Lease,
  loaded: LoadedStep,
  run: {
    readonly fence: number
    readonly approval: Approval | null
    readonly control: AbortController
    readonly watch: LeaseWatch
  },
): Promise<Json> {
  const { step, view, definition } = loaded
  const records: Record<string, Json> = { ...step.records }
  const look = createLookContext(deps, { ...loaded, fence: run.fence, signal: run.control.signal })
  const context: StepContext<never> = {
    ...look,
    records,
    approval: run.approval,
    progress: run.watch.report,
    async record(name, value) {
      records[name] = value
      await lease.transaction(async (tx) => {
        const kept = await tx.moveStep(step.id, { state: 'running', fence: run.fence }, { records: { ...records } })
        if (!kept) throw new Error(`the step ${step.id} is no longer this runner's`)
        const data = { step: step.name, name, value }
        await tx.append(view.job.incident, { type: 'step_recorded', job: view.job.id, actor: 'salvor', data })
      })
    },
  }
  return definition.run(context)
}
