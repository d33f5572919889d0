import { SalvorError } from '../../../src/domain/errors/fail.ts'
import type { Json } from '../../../src/domain/json.ts'
import { inPhase } from '../../../src/domain/phase.ts'
import { defineStep, type StepContext } from '../../../src/engine/define-step.ts'
import { rehearseOutput } from '../../fix/params.ts'
import type { RepairParams } from '../params.ts'
import { readFound, readRun } from '../run-options.ts'

/** Runs the file on the live database in one transaction, counts what it does, and rolls it back. */
export const rehearse = defineStep<RepairParams>({
  name: 'rehearse',
  title: 'dry run',
  risk: 'read',
  where: 'runner',
  sessionsOn: ({ system }) => system,
  run: runDry,
})

async function runDry(context: StepContext<RepairParams>): Promise<Json> {
  context.progress(inPhase('dry_run'))
  const seen = rehearseOutput.parse(await context.tools.remedies.rehearse({ ...readRun(context), showRows: false }))
  const planned = readFound(context).tables.reduce((sum, one) => sum + one.deletes, 0)
  const found = Object.values(seen.effect.tables).reduce((sum, one) => sum + one.deleted, 0)
  // What ON DELETE CASCADE or a trigger takes stands in no file.
  if (found > planned) throw new SalvorError('repair_beyond', { system: context.params.system, planned, found })
  return JSON.parse(JSON.stringify(seen)) as Json
}
