import type { Json } from '../../src/domain/json.ts'
import { inPhase } from '../../src/domain/phase.ts'
import type { LookContext, StepContext } from '../../src/engine/define-step.ts'
import { type FixParams, rehearseOutput } from './params.ts'
import { isLoose } from './read-remedy.ts'
import { readRun, showsRows } from './run-options.ts'

/** All of a dry run that nobody has approved and no plan names: its locks are gone by then. In milliseconds. */
const looseWithinMs = 30_000

/** Runs the remedy on the live database in one transaction, counts what it does, and rolls it back. */
export async function runDry(context: StepContext<FixParams>): Promise<Json> {
  context.progress(inPhase('dry_run'))
  const showRows = showsRows(context.plan, context.params.system)
  const total = isLoose(context) && context.params.ask !== true ? { totalMs: looseWithinMs } : {}
  const rehearsal = await context.tools.remedies.rehearse({ ...(await readRun(context)), ...total, showRows })
  return JSON.parse(JSON.stringify(rehearseOutput.parse(rehearsal)))
}

/** What it saw, whether somebody had to be asked first or not. */
export function readDryRun(context: Pick<LookContext<FixParams>, 'outputOf'>) {
  return rehearseOutput.parse(context.outputOf('rehearse') ?? context.outputOf('try'))
}
