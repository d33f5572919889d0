import type { ComparedTable } from '../../../src/domain/comparison.ts'
import { SalvorError } from '../../../src/domain/errors/fail.ts'
import type { RepairMode } from '../../../src/domain/repair.ts'
import { defineStep, type StepContext } from '../../../src/engine/define-step.ts'
import { chooseOutput } from '../../compare/params.ts'
import { nameOther } from '../../compare/report.ts'
import { sideOf } from '../../compare/steps/compare.ts'
import { followTables } from '../../table-progress.ts'
import { confirmOutput, type RepairParams } from '../params.ts'
import { readFound } from '../run-options.ts'

/** Compares the same tables once more: what was repaired must not differ any more. */
export const confirm = defineStep<RepairParams>({
  name: 'confirm',
  title: 'compare again',
  risk: 'read',
  where: 'worker',
  sessionsOn: ({ system }) => system,
  run: compareAgain,
})

async function compareAgain(context: StepContext<RepairParams>) {
  const { system, tables: asked, mode } = context.params
  const choice = chooseOutput.parse(context.outputOf('choose'))
  const found: ComparedTable[] = []
  await context.tools.content.compareAcross({
    here: { target: context.target(system) },
    there: sideOf(context, choice),
    mapping: context.postgres(system).compare,
    ...{ tables: asked, done: new Set<string>(), folder: null, sample: 0 },
    signal: context.signal,
    onProgress: followTables('comparing', context.now, context.progress),
    onPiece: async (piece) => void found.push(...piece),
  })
  const { tables } = readFound(context)
  const repaired = found.filter(({ name }) => tables.some((one) => one.name === name && !isRefused(one)))
  const differing = repaired.reduce((sum, one) => sum + countMeant(one, mode), 0)
  const left = tables.reduce((sum, one) => sum + one.left.reduce((rows, each) => rows + each.rows, 0), 0)
  if (differing > left || repaired.some(({ why }) => why !== null))
    throw new SalvorError('repair_unproven', { system, other: nameOther(choice), rows: differing - left })
  const rows = repaired.reduce((sum, one) => sum + one.rows.here, 0)
  return confirmOutput.parse({ tables: repaired.length, rows, left: differing })
}

/** A table of which nothing can be repaired. */
function isRefused({ left }: { readonly left: readonly { readonly rows: number }[] }): boolean {
  return left.some(({ rows }) => rows === 0)
}

function countMeant({ inserted, deleted, changed }: ComparedTable, mode: RepairMode): number {
  if (mode === 'missing') return deleted
  return mode === 'differing' ? deleted + changed : deleted + changed + inserted
}
