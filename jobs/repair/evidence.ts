import type { ApprovalSubject } from '../../src/domain/approval.ts'
import { writeCount } from '../../src/domain/count.ts'
import type { JsonObject } from '../../src/domain/json.ts'
import { countLostRows, describeEffect } from '../../src/domain/remedy.ts'
import type { LookContext } from '../../src/engine/define-step.ts'
import { chooseOutput } from '../compare/params.ts'
import { nameOther } from '../compare/report.ts'
import { mustBeSame } from '../fix/commit-evidence.ts'
import { rehearseOutput, shownEffect } from '../fix/params.ts'
import { describeRows } from '../restore/describe-loss.ts'
import { countTasks, describeAltered, describeBehind, describeLeft, describeTasks } from './describe.ts'
import type { RepairParams } from './params.ts'
import { readFound } from './run-options.ts'

/** What the repair will do, table by table, as the dry run saw it. Bound: the file, every count, and which database. */
export async function collectEvidence(context: LookContext<RepairParams>): Promise<ApprovalSubject> {
  const { system, undoes, mode } = context.params
  const found = readFound(context)
  const dryRun = rehearseOutput.parse(context.outputOf('rehearse'))
  const { effect, rows } = shownEffect.parse(context.records.seen ?? dryRun)
  const { systemIdentifier, name, oid } = await mustBeSame(context, found)
  const choice = undoes === undefined ? chooseOutput.parse(context.outputOf('choose')) : null
  const [altered, behind] = [describeAltered(rows), describeBehind(rows)]
  const open = [...describeLeft(found.tables), ...altered, ...behind]
  const { updates, rows: all } = countTasks(found.tables)
  const lost = countLostRows(effect)
  const gone = [
    ...(Object.keys(lost).length === 0 ? [] : [describeRows(lost)]),
    ...(updates === 0 ? [] : [`the former values of ${writeCount(updates)} rows`]),
  ]
  return {
    action:
      undoes === undefined
        ? `the repair of ${writeCount(all)} rows of ${system}${choice === null ? '' : ` from ${nameOther(choice)}`}`
        : `taking back ${undoes}, ${writeCount(all)} rows of ${system}`,
    verb: 'repair',
    target: `${system}: ${name} (OID ${oid}) on server ${systemIdentifier}`,
    proven: [
      `dry run in ${dryRun.seconds.toFixed(dryRun.seconds < 1 ? 2 : 1)} s, rolled back`,
      ...describeEffect(effect),
    ].join('; '),
    unproven: open.length === 0 ? 'none' : open.join('; '),
    lost: gone.length === 0 ? 'nothing' : gone.join('; '),
    does: ['BEGIN;', ...found.tables.flatMap(describeTasks), 'COMMIT;'],
    ownCommands: true,
    back:
      undoes === undefined
        ? 'Undo runs the file that takes each row back, by a dry run and an approval of its own'
        : `none of its own; \`repair ${system}\` compares anew`,
    details: [
      `File ${found.file.path} on the worker, mode 0600, sha256 ${found.file.sha256}: whole rows stand in it`,
      ...found.tables.flatMap((one) => (one.keys.length === 0 ? [] : [`${one.name}: ${one.keys.join('; ')}`])),
      ...dryRun.locks.map(({ table, mode: lock }) => `Lock: ${lock} on ${table}`),
      'Each statement expects its row as it was compared; a row that somebody wrote meanwhile ends all of it.',
    ],
    ceiling: lost,
    binds: {
      ...{ systemIdentifier, database: name, oid, mode, undoes: undoes ?? null },
      sha256: found.file.sha256,
      tables: found.tables as unknown as JsonObject[],
      effect,
      replay: null,
      rows: rows as unknown as JsonObject,
    } satisfies JsonObject,
  }
}
