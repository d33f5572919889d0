import type { Approval } from '../../domain/approval.ts'
import type { Json } from '../../domain/json.ts'
import type { Lease } from '../../ports/store.ts'
import type { StepContext } from '../define-step.ts'
import type { WorkDeps } from './deps.ts'
import type { LeaseWatch } from './hold-lease.ts'
import type { LoadedStep } from './load-step.ts'
import { createLookContext } from './step-context.ts'

/** Milliseconds that a step has to end once it was told to; a tool and its sessions need about one second. */
const endWithinMs = 3_000

/**
 * Calls the step with all that it may do. Its answer is JSON, or it throws. One that is told to end and hangs, on a
 * target that answers nothing any more, is left behind: its sessions are ended before anybody goes on. A destructive
 * one is waited for, since it settles by itself on which side it is.
 */
export async function runDefinition(
  deps: WorkDeps,
  lease: Lease,
  loaded: LoadedStep,
  run: {
    readonly fence: number
    readonly runner: string
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
        const from = { state: 'running', fence: run.fence, runner: run.runner } as const
        const kept = await tx.moveStep(step.id, from, { records: { ...records } })
        if (!kept) throw new Error(`the step ${step.id} is no longer this runner's`)
        const data = { step: step.name, name, value }
        await tx.append(view.job.incident, { type: 'step_recorded', job: view.job.id, actor: 'salvor', data })
      })
    },
  }
  const running = definition.run(context)
  if (definition.risk === 'destructive') return running
  return leaveBehind(running, run.control.signal)
}

async function leaveBehind<T>(running: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: hangs, reject } = Promise.withResolvers<never>()
  let timer: NodeJS.Timeout | undefined
  const onAbort = () => {
    timer = setTimeout(() => reject(signal.reason), endWithinMs)
  }
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([running, hangs])
  } finally {
    signal.removeEventListener('abort', onAbort)
    clearTimeout(timer)
    // Whatever it still says after it was left, nobody waits for it.
    running.catch(() => {})
  }
}
