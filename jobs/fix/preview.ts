import { readLooseRemedy, readUploadSql } from '../../src/domain/loose-remedy.ts'
import type { RecoveryPlan } from '../../src/domain/recovery-plan.ts'
import type { JobPreview } from '../../src/engine/define-job.ts'
import { sayCommand } from '../say-command.ts'
import type { FixParams } from './params.ts'

export function previewFix({ system, remedy, undoes, ask }: FixParams, plan: RecoveryPlan): JobPreview {
  const found = plan.systems[system]
  const { sql, argv, undo } =
    (found?.kind === 'postgres' ? found.remedies.find(({ name }) => name === remedy) : undefined) ??
    readLooseRemedy(remedy) ??
    {}
  const text = say((undoes === undefined ? sql : undo) ?? '')
  const back = undo === undefined ? `none; \`restore ${system}\`` : `undo, which runs ${say(undo)}`
  if (argv !== undefined && sql === undefined) return { does: { execute: [sayCommand(argv)] }, back }
  return {
    does: {
      [ask === true ? 'try' : 'rehearse']: ['BEGIN', text, 'ROLLBACK'],
      commit: ['BEGIN', text, '-- load the rejected rows that fit now; COMMIT if all counts are the same', 'COMMIT'],
    },
    back,
  }
}

/** An upload is known by its hash; people know its name. */
function say(sql: string): string {
  return readUploadSql(sql)?.name ?? sql
}
