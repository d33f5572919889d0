import { SalvorError } from '../../../src/domain/errors/fail.ts'
import { defineStep } from '../../../src/engine/define-step.ts'
import { type CompareParams, chooseOutput, compareOutput } from '../params.ts'
import { nameOther } from '../report.ts'

/** Databases that differ are a failed comparison, so that a procedure does not go on over it. */
export const judge = defineStep<CompareParams>({
  name: 'judge',
  title: 'judge',
  risk: 'read',
  where: 'worker',
  async run(context) {
    const { tables, inserted, deleted, changed } = compareOutput.parse(context.outputOf('compare'))
    if (tables.differ === 0) return { same: true }
    const other = nameOther(chooseOutput.parse(context.outputOf('choose')))
    const { system } = context.params
    throw new SalvorError('databases_differ', { system, other, tables: tables.differ, inserted, deleted, changed })
  },
})
