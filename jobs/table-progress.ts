import { stepPhase } from '../src/domain/phase.ts'
import type { Progress } from '../src/domain/progress.ts'
import type { OnTableProgress } from '../src/ports/content-tools.ts'

/** A live speed says little in its first moments. */
const SPEAKS_AFTER_MS = 2_000
/** Tables differ in speed, so an end is a span: this much earlier and later than the live speed says. */
const SPREAD = 0.15

/** Turns progress by tables into what a card shows; `doing` says what is done to each. */
export function followTables(
  doing: 'measuring' | 'comparing' | 'proving' | 'dumping',
  now: () => Date,
  progress: (progress: Progress) => void,
): OnTableProgress {
  const began = now().getTime()
  return ({ table, bytesDone, bytesTotal }) => {
    const elapsed = now().getTime() - began
    const fraction = bytesTotal === null || bytesTotal === 0 ? null : Math.min(1, bytesDone / bytesTotal)
    const speaks = fraction !== null && fraction > 0 && elapsed > SPEAKS_AFTER_MS
    const left = speaks ? (elapsed / fraction) * (1 - fraction) : 0
    const end = (factor: number) => new Date(began + elapsed + left * factor).toISOString()
    progress({
      phase: stepPhase(doing, { table }),
      fraction,
      rate: speaks ? bytesDone / (elapsed / 1000) : null,
      readyBetween: speaks ? [end(1 - SPREAD), end(1 + SPREAD)] : null,
    })
  }
}
