import { join } from 'node:path'
import { SalvorError } from '../../../src/domain/errors/fail.ts'
import { describeWhyLeft } from '../../../src/domain/repair-texts.ts'
import { defineStep, type StepContext } from '../../../src/engine/define-step.ts'
import { chooseOutput } from '../../compare/params.ts'
import { sideOf } from '../../compare/steps/compare.ts'
import { followTables } from '../../table-progress.ts'
import { fileOutput, type RepairParams } from '../params.ts'
import { findFolder } from '../run-options.ts'

/** Keys that are named of one table. */
const SAMPLE = 5

/** Compares the tables once more and writes what repairs them; nothing is written into a database. */
export const write = defineStep<RepairParams>({
  name: 'write',
  title: 'compare',
  risk: 'read',
  where: 'worker',
  sessionsOn: ({ system }) => system,
  run: writeFile,
})

async function writeFile(context: StepContext<RepairParams>) {
  const { system, tables: asked, mode, most } = context.params
  const target = context.target(system)
  const { systemIdentifier, name, oid } = await context.tools.databases.identify(target)
  const folder = findFolder(context)
  const { file, tables, unknown } = await context.tools.content.writeRepair({
    here: { target },
    there: sideOf(context, chooseOutput.parse(context.outputOf('choose'))),
    mapping: context.postgres(system).compare,
    ...{ tables: asked, mode, most, folder, file: 'repair.sql', sample: SAMPLE },
    signal: context.signal,
    onProgress: followTables('comparing', context.now, context.progress),
  })
  if (unknown.length > 0) throw new SalvorError('repair_unknown', { system, tables: unknown.join(', ') })
  if (file === null) {
    const left = tables.flatMap((one) => one.left.map(({ why }) => `${one.name}: ${describeWhyLeft(why)}`))
    const seen = left.length === 0 ? 'no row that it would change differs' : left.join('; ')
    throw new SalvorError('repair_nothing', { system, tables: asked.join(', '), seen })
  }
  const identity = { systemIdentifier, name, oid }
  return fileOutput.parse({ file, by: context.job.id, undo: join(folder, 'undo.sql'), identity, tables })
}
