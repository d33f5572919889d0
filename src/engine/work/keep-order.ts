import type { WorkerBook } from '../../ports/workers.ts'
import { putQuestions } from '../asks/put-questions.ts'
import { type DueDeps, doWhatIsDue } from '../due/do-what-is-due.ts'
import { nameMissingWorkers } from './name-missing-workers.ts'
import { createRunKeeper } from './run-keeper.ts'

/** What happens by the clock and not by anybody's word. */
export interface OrderKeeper {
  /** Something happened: runs may have to move. Never throws. */
  nudge(): void
  /** One look at everything, now. Never throws. */
  look(): Promise<void>
  stop(): Promise<void>
}

/** Milliseconds between two looks, at most: the next thing that is due draws its look forward. */
const lookEveryMs = 2_000
/** And at least, so that what cannot be done yet makes nobody look without end. */
const restMs = 20

/**
 * Keeps runs going, asks people what waits for them, does what is due, and says which worker is missing. The bot does so, and a terminal that goes to the
 * store by itself while somebody is there. Several may do it at once. There is one clock: this sweep, whose next look
 * comes when the next row of the table is due.
 */
export function keepOrder(deps: DueDeps, workers: WorkerBook): OrderKeeper {
  const runs = createRunKeeper(deps)
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  let looking = Promise.resolve()
  const look = async () => {
    runs.nudge()
    let nextMs: number | null = null
    try {
      await putQuestions(deps)
      nextMs = await doWhatIsDue(deps)
      await nameMissingWorkers(deps.store, workers, deps.clock.now())
    } catch (error) {
      deps.log.warn({ error: String(error) }, 'what is due could not be looked through')
    }
    clearTimeout(timer)
    const inMs = Math.min(lookEveryMs, Math.max(restMs, nextMs ?? lookEveryMs))
    if (!stopped) timer = setTimeout(() => void lookOnce(), inMs)
  }
  // One look at a time: whoever asks for one meanwhile gets the next.
  const lookOnce = () => {
    looking = looking.then(look)
    return looking
  }
  timer = setTimeout(() => void lookOnce(), lookEveryMs)
  return {
    nudge: runs.nudge,
    look: lookOnce,
    async stop() {
      stopped = true
      clearTimeout(timer)
      await Promise.all([looking, runs.stop()])
    },
  }
}
