import { type Log, silentLog } from '../../ports/log.ts'
import type { RemedyTools } from '../../ports/remedy-tools.ts'
import type { ToolRunner } from '../../ports/tool-runner.ts'
import { commitRemedy, findOutcome } from './commit.ts'
import { readRemedySql } from './read-remedy.ts'
import { rehearseRemedy } from './rehearse.ts'
import { countRejects } from './rejects/count-rejects.ts'
import { writeRest } from './rejects/write-rest.ts'
import { runPlanArgv } from './run-argv.ts'

/** The hands for remedies: SQL in one transaction on the live database, rejects, and programs of the plan. */
export function createRemedyTools(deps: {
  readonly run: ToolRunner
  readonly redact: (text: string) => string
  /** The same, but for values of rows: SQL that people approve, and samples where the plan shows them. */
  readonly redactShowingRows?: (text: string) => string
  readonly log?: Log
}): RemedyTools {
  const { log = silentLog, redactShowingRows = deps.redact } = deps
  return {
    readSql: (of) => readRemedySql(of, redactShowingRows),
    async rehearse(of) {
      const rehearsal = await rehearseRemedy({ ...deps, redactShowingRows }, of)
      log.info({ system: of.target.system, effect: rehearsal.effect, seconds: rehearsal.seconds }, 'remedy rehearsed')
      return rehearsal
    },
    async commit(of) {
      const outcome = await commitRemedy(deps, of)
      log.info({ system: of.target.system, committed: outcome.committed }, 'remedy ended')
      return outcome
    },
    findOutcome,
    countRejects: (target, choice, signal) => countRejects(target, choice, deps.redact, signal),
    writeRest,
    runArgv: (of) => runPlanArgv(deps, of),
  }
}
