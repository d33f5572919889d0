import type { EventMap } from '../events.ts'
import { plainText } from '../text.ts'

/** What a run that ended well came to: `Bring orders back: 4 of 5 steps done, 1 skipped`. */
export function sayRunDone({ title, done, skipped }: EventMap['run_succeeded']): string {
  return `${plainText(title)}: ${done} of ${done + skipped} steps done${skipped > 0 ? `, ${skipped} skipped` : ''}`
}
