import type { WorkerBook } from '../../ports/workers.ts'
import type { EngineDeps } from '../deps.ts'
import { nameMissingWorkers } from './name-missing-workers.ts'
import { pressApprovals } from './press-approvals.ts'
import { createRunKeeper } from './run-keeper.ts'
import { expireApprovals } from './sweep.ts'

/** What happens by the clock and not by anybody's word. */
export interface OrderKeeper {
  /** Something happened: runs may have to move. Never throws. */
  nudge(): void
  /** One look at everything, now. Never throws. */
  look(): Promise<void>
  stop(): Promise<void>
}

/** Milliseconds between two looks. */
const lookEveryMs = 2_000

/**
 * Keeps runs going, reminds of approvals and ends those whose time is over, and says which worker is missing. The bot
 * does so, and a terminal that goes to the store by itself while somebody is there. Several may do it at once.
 */
export function keepOrder(deps: EngineDeps, workers: WorkerBook): OrderKeeper {
  const runs = createRunKeeper(deps)
  const look = async () => {
    runs.nudge()
    try {
      await pressApprovals(deps)
      await expireApprovals(deps)
      await nameMissingWorkers(deps.store, workers, deps.clock.now())
    } catch (error) {
      deps.log.warn({ error: String(error) }, 'approvals could not be looked through')
    }
  }
  const timer = setInterval(() => void look(), lookEveryMs)
  return {
    nudge: runs.nudge,
    look,
    stop() {
      clearInterval(timer)
      return runs.stop()
    },
  }
}
