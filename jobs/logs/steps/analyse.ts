import { readLogSource } from '../../../src/domain/find-log.ts'
import { matchLogRemedies } from '../../../src/domain/log-findings.ts'
import { inPhase } from '../../../src/domain/phase.ts'
import { durationMs } from '../../../src/domain/recovery-plan.ts'
import { defineStep } from '../../../src/engine/define-step.ts'
import { analyseOutput, type LogsParams } from '../params.ts'

/** Reads the log once and keeps what it says: redacted and bounded, as the journal bears it. */
export const analyse = defineStep<LogsParams>({
  name: 'analyse',
  title: 'analyse',
  risk: 'read',
  where: 'worker',
  async run(context) {
    const { log, since } = context.params
    const { plan, signal } = context
    const began = Date.parse(context.job.requestedAt)
    const analysis = await context.tools.logs.analyse({
      log: readLogSource(context, log),
      timezone: plan.timezone,
      ...(since === undefined ? {} : { since: new Date(began - durationMs(since)).toISOString() }),
      signal,
      onProgress: ({ bytes, total }) =>
        context.progress({
          ...inPhase('reading', { what: log }),
          fraction: total === null || total === 0 ? null : Math.min(1, bytes / total),
        }),
    })
    return analyseOutput.parse({ analysis, remedies: matchLogRemedies(analysis, plan) })
  },
})
