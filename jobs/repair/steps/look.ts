import { join } from 'node:path'
import { SalvorError } from '../../../src/domain/errors/fail.ts'
import { defineStep, type LookContext } from '../../../src/engine/define-step.ts'
import { commitOutput } from '../../fix/params.ts'
import { outputOf } from '../../output-of.ts'
import { fileOutput, type RepairParams } from '../params.ts'
import { findFolder } from '../run-options.ts'

/** Finds the file that takes a repair back, as that repair journaled it. */
export const look = defineStep<RepairParams>({
  name: 'look',
  title: 'look',
  risk: 'read',
  where: 'worker',
  run: (context) => findUndo(context),
})

async function findUndo(context: LookContext<RepairParams>) {
  const { undoes = '', system } = context.params
  const view = await context.store.viewJob(undoes)
  const written = view === undefined ? null : outputOf(view, 'write', fileOutput)
  const committed = view === undefined ? null : outputOf(view, 'commit', commitOutput)
  if (written === null || committed === null || committed.rows === null)
    throw new SalvorError('undo_unrecorded', { job: undoes, system })
  const tables = written.tables.map((one) => ({
    ...{ name: one.name, other: one.other, keys: one.keys, left: [] },
    ...{ inserts: one.deletes, updates: one.updates, deletes: one.inserts },
  }))
  return fileOutput.parse({
    ...{ file: committed.rows.undo, by: undoes, identity: written.identity, tables },
    undo: join(findFolder(context), 'redo.sql'),
  })
}
