import type { WorkDeps } from '../engine/work/deps.ts'
import { executeStep } from '../engine/work/execute-step.ts'

/** Milliseconds that tools have to end after the lease was lost; then the process ends, and they die with it. */
const graceMs = 1_500

/**
 * The whole life of a runner process: one step, then the end. It holds the step's lease on a session of its own;
 * when the lease is lost it ends its tools and itself, and writes nothing any more. Exit code 0: there is
 * nothing to add to what the store says.
 */
export async function runApart(deps: Omit<WorkDeps, 'onLeaseLost'>, step: string): Promise<number> {
  const outcome = await executeStep(
    {
      ...deps,
      onLeaseLost: () => {
        // The death pact takes the tools along, whatever they are doing.
        setTimeout(() => process.exit(70), graceMs)
      },
    },
    step,
  )
  deps.log.info({ step, outcome }, 'the step was left')
  return outcome === 'lost' ? 70 : 0
}
