import { sayCause, sayClear } from '../../src/domain/cards/log-card.ts'
import { readLogSource } from '../../src/domain/find-log.ts'
import { findMigration } from '../../src/domain/find-migration.ts'
import { matchLogRemedies } from '../../src/domain/log-findings.ts'
import type { LookContext } from '../../src/engine/define-step.ts'
import { type LogWords, logWords, type RerunParams } from './params.ts'

/** Milliseconds that the look at its log may take: what it says helps, and nobody should wait for it. */
const lookWithinMs = 60_000

const timeless = 'no line bears a time that can be read, so that it does not tell this attempt from the one before'

/**
 * What the migration's log says of this attempt, from `since` (ISO 8601) on: what failed first, and which remedies
 * that calls for. Null where the plan names no log, or where it cannot be read from here.
 */
export async function readLog(context: LookContext<RerunParams>, since: string): Promise<LogWords | null> {
  const { plan } = context
  const { log } = findMigration(plan, context.params)
  if (log === undefined) return null
  try {
    const signal = AbortSignal.any([context.signal, AbortSignal.timeout(lookWithinMs)])
    const source = readLogSource(context, log)
    const analysis = await context.tools.logs.analyse({ log: source, timezone: plan.timezone, since, signal })
    // It may be of the attempt before: nothing of it is said of this one.
    if (analysis.isTimeless) return logWords.parse({ said: timeless, errors: 0, remedies: [] })
    const { fatal, error } = analysis.levels
    return logWords.parse({
      said: analysis.root === null ? sayClear(analysis) : sayCause(analysis.root),
      errors: fatal + error,
      remedies: matchLogRemedies(analysis, plan).map(({ system, remedy }) => `fix ${system} ${remedy}`),
    })
  } catch (thrown) {
    context.log.warn({ log, error: String(thrown) }, 'the log of the migration could not be read')
    return null
  }
}
