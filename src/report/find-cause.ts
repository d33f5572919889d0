import { z } from 'zod'
import { sayCause, sayClear } from '../domain/cards/log-card.ts'
import type { Event } from '../domain/events.ts'
import { logAnalysis } from '../domain/log-analysis.ts'

const analysed = z.object({ analysis: logAnalysis })

/**
 * What the newest analysis of the incident's logs calls the cause, for one line. Of several the newest that found a
 * failure counts: a later look at a log that is well again takes nothing back.
 */
export function findCause(events: readonly Event[]): string {
  const jobs = new Set(
    events.flatMap((event) => (event.type === 'job_requested' && event.data.kind === 'logs' ? [event.job] : [])),
  )
  const found = events.flatMap((event) => {
    if (event.type !== 'step_done' || !jobs.has(event.job)) return []
    const { data } = analysed.safeParse(event.data.output)
    return data === undefined ? [] : [data.analysis]
  })
  if (found.length === 0) return 'unknown, logs not analysed'
  const newest = found.findLast(({ root }) => root !== null)
  const last = found.at(-1)
  if (!newest?.root) return `unknown, ${last ? sayClear(last).replace(/\bit\b/, last.log) : ''}`
  const { root } = newest
  return root.certain ? sayCause(root) : `unknown, ${newest.log} tells only what followed (${sayCause(root)})`
}
