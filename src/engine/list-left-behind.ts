import type { Json } from '../domain/json.ts'
import { type LeftBehind, listOnce, readLeftBehind } from '../domain/left-behind.ts'
import type { JobView } from '../domain/view.ts'

/**
 * What a job's steps made that still stands: `leaves` of their outputs, and what those that are not done have recorded
 * by that name before they made it, or once they knew that it could not be put away.
 */
export function listLeftBehind(view: JobView): LeftBehind[] {
  return listOnce(
    view.steps.flatMap(({ state, output, records }) =>
      readLeftBehind((state === 'done' ? leavesIn(output) : records?.leaves) ?? []),
    ),
  )
}

function leavesIn(output: Json): unknown {
  return output !== null && typeof output === 'object' ? (output as { leaves?: unknown }).leaves : null
}
