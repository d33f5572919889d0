import type { JobPreview } from '../../src/engine/define-job.ts'
import type { RepairParams } from './params.ts'

/** What it would do: which rows, only a look at both databases can tell. */
export function previewRepair({ system, tables, mode, with: asked, undoes }: RepairParams): JobPreview {
  const file = undoes === undefined ? '<one statement a row>' : `<the file that takes ${undoes} back>`
  const rows = { missing: 'missing', differing: 'missing or changed', replace: 'missing, changed or only here' }[mode]
  return {
    does: {
      ...(undoes === undefined
        ? {
            choose: [`-- with ${asked ?? 'the source'}`],
            write: [`-- rows of ${tables.join(', ')} that are ${rows}, as SQL into a file of mode 0600`],
          }
        : {}),
      rehearse: ['BEGIN', file, 'ROLLBACK'],
      commit: ['BEGIN', file, '-- COMMIT if each row is as it was compared, and all counts are the same', 'COMMIT'],
    },
    back: undoes === undefined ? 'undo, which runs the file that takes each row back' : `none; \`repair ${system}\``,
  }
}
