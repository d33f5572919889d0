import { z } from 'zod'
import { sayCause, sayClear } from '../domain/cards/log-card.ts'
import type { Event } from '../domain/events.ts'
import { logAnalysis } from '../domain/log-analysis.ts'

const analysed = z.object({ analysis: logAnalysis })

/**
 * What the newest analysis of the incident's logs calls the cause, for one line. Of several the newest that found a
 * failure counts: a later look at a log that is well again takes nothing back. Who follows a log sees only what came
 * since, which tells where it began only where nobody read the whole.
 */
export function findCause(events: readonly Event[]): string {
  const jobs = new Set(
    events.flatMap((event) => (event.type === 'job_requested' && event.data.kind === 'logs' ? [event.job] : [])),
  )
  const found = events.flatMap((event) => {
    if (event.type !== 'step_done' || !jobs.has(event.job)) return []
    const { data } = analysed.safeParse(event.data.output)
    return data === undefined ? [] : [{ ...data.analysis, isWhole: event.data.step !== 'follow' }]
  })
  if (found.length === 0) return 'unknown, logs not analysed'
  const failed = found.filter(({ root }) => root !== null)
  const newest = failed.findLast(({ isWhole }) => isWhole) ?? failed.at(-1)
  const last = found.at(-1)
  if (!newest?.root) return `unknown, ${last ? sayClear(last).replace(/\bit\b/, last.log) : ''}`
  const { root } = newest
  return root.certain ? sayCause(root) : `unknown, ${newest.log} tells only what followed (${sayCause(root)})`
}
