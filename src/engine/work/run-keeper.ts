import type { EngineDeps } from '../deps.ts'
import { advanceRuns } from './advance-run.ts'

/** Keeps runs going in one process. */
export interface RunKeeper {
  /** Something happened: looks at all runs that may have to move. Never throws; one look at a time. */
  nudge(): void
  /** Resolves when no look is under way any more. */
  stop(): Promise<void>
}

/**
 * Looks after runs whenever the journal grew, and by the caller's clock besides, because a notification may be lost.
 * A look that finds nothing costs one query. Several processes may do this at once: each move is made once.
 */
export function createRunKeeper(deps: EngineDeps): RunKeeper {
  let again = false
  let stopped = false
  let looking: Promise<void> | null = null
  const look = async () => {
    do {
      again = false
      await advanceRuns(deps).catch((error: unknown) => {
        deps.log.warn({ error: String(error) }, 'runs could not be looked through')
      })
    } while (again && !stopped)
    looking = null
  }
  return {
    nudge() {
      again = true
      if (!stopped && looking === null) looking = look()
    },
    async stop() {
      stopped = true
      await looking
    },
  }
}
