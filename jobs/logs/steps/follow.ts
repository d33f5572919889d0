import { SalvorError } from '../../../src/domain/errors/fail.ts'
import { readLogSource } from '../../../src/domain/find-log.ts'
import type { LogGlance } from '../../../src/domain/log-analysis.ts'
import { matchLogRemedies } from '../../../src/domain/log-findings.ts'
import { inPhase } from '../../../src/domain/phase.ts'
import { defineStep } from '../../../src/engine/define-step.ts'
import { followOutput, type LogsParams } from '../params.ts'

/** How often the card may change; the publisher slows it further where Slack's limits ask for it. */
const everyMs = 2_000
/** Nobody forgets a log that is followed for longer than this. */
const longestMs = 2 * 60 * 60_000

/** Follows the log until somebody stops it, for two hours at most. What it sees goes to the card, not to the journal. */
export const follow = defineStep<LogsParams>({
  name: 'follow',
  title: 'follow',
  risk: 'read',
  where: 'worker',
  async run(context) {
    const { log } = context.params
    const { plan, signal } = context
    // Counted from when it was asked for: a worker that takes over does not begin the two hours anew.
    const left = Date.parse(context.job.requestedAt) + longestMs - context.now().getTime()
    const time = AbortSignal.timeout(Math.max(0, left))
    const show = (glance: LogGlance) => {
      const { fatal, error } = glance.analysis.levels
      context.progress({ ...inPhase('following', { log, errors: fatal + error }), shown: glance })
    }
    const last = await context.tools.logs.follow({
      log: readLogSource(context, log),
      everyMs,
      signal: AbortSignal.any([signal, time]),
      onGlance: show,
    })
    // On shutdown and on a lost lease another worker goes on; a stop is an end, whose last look is kept.
    if (signal.aborted && !isStop(signal.reason)) throw signal.reason
    const { analysis, ...glance } = last
    const ended = signal.aborted ? 'it was stopped' : 'two hours are over'
    return followOutput.parse({ analysis, glance, remedies: matchLogRemedies(analysis, plan), ended })
  },
})

function isStop(reason: unknown): boolean {
  return reason instanceof SalvorError && reason.code === 'stopped'
}
