import { SalvorError } from '../../domain/errors/fail.ts'
import type { Progress } from '../../domain/progress.ts'
import type { Log } from '../../ports/log.ts'
import type { Lease } from '../../ports/store.ts'

/** The store ends a silent session after 15 s; the holder gives up long before, so that two never overlap. */
const beatEveryMs = 1_000
const giveUpAfterMs = 8_000

export interface LeaseWatch {
  /** Newest progress, written with the next beat. */
  report(progress: Progress): void
  stoppedBy(): string | null
  lost(): boolean
  /** Called when the lease is lost: the process that runs tools ends itself. */
  stop(): void
}

/**
 * Keeps a lease alive while a step runs: a sign of life each second with the newest progress, by the monotonic
 * clock. Aborts the step when somebody asks to stop it, when another fence took over, or when the store has not
 * answered for 8 s.
 */
export function watchLease(
  lease: Lease,
  mine: { readonly fence: number; readonly runner: string },
  control: AbortController,
  log: Log,
  onLost: () => void = () => {},
): LeaseWatch {
  let progress: Progress | null = null
  let stoppedBy: string | null = null
  let lost = false
  let answeredAt = performance.now()
  let beating = false
  const job = lease.step.slice(0, lease.step.indexOf('/'))
  const lose = (why: string) => {
    if (lost) return
    lost = true
    log.error({ step: lease.step, why }, 'the lease of a step is lost')
    control.abort(new SalvorError('lease_lost', { job }))
    onLost()
  }
  const beat = async () => {
    if (beating || lost) return
    beating = true
    try {
      const sent = progress
      const answer = await lease.beat({ ...mine, progress: sent })
      answeredAt = performance.now()
      if (!answer.stillMine) lose('another fence took over')
      else if (answer.stopRequestedBy !== null && stoppedBy === null) {
        stoppedBy = answer.stopRequestedBy
        control.abort(new SalvorError('stopped', { by: stoppedBy, job }))
      }
    } catch (error) {
      log.warn({ step: lease.step, error: String(error) }, 'the store did not take a sign of life')
    } finally {
      beating = false
    }
  }
  const timer = setInterval(() => {
    if (performance.now() - answeredAt > giveUpAfterMs) lose('the store did not answer for 8 s')
    void beat()
  }, beatEveryMs)
  lease.onStop(() => void beat())
  lease.onLost(() => lose('its session in the store has ended'))
  return {
    report: (newest) => {
      progress = newest
    },
    stoppedBy: () => stoppedBy,
    lost: () => lost,
    stop: () => clearInterval(timer),
  }
}
