import { join } from 'node:path'
import { type ComparedTable, differs } from '../../../src/domain/comparison.ts'
import type { Json } from '../../../src/domain/json.ts'
import { defineStep, type LookContext } from '../../../src/engine/define-step.ts'
import type { ComparedSide } from '../../../src/ports/compare-across.ts'
import { seekKeepFolder } from '../../backup-folder.ts'
import { followTables } from '../../table-progress.ts'
import { type Choice, type Compared, type CompareParams, chooseOutput, compareOutput } from '../params.ts'
import { namePiece, readPieces } from '../pieces.ts'

/** Keys that are named of one table: enough to look into it. */
const SAMPLE = 5
/** Definitions that are listed: a schema that changed differs in many. */
const KEPT = 100

/** Compares table by table, and journals each piece once it is compared. */
export const compare = defineStep<CompareParams>({
  name: 'compare',
  title: 'compare',
  risk: 'read',
  where: 'worker',
  sessionsOn: ({ system }) => system,
  async run(context) {
    const { system, tables } = context.params
    const keep = seekKeepFolder(context)
    const folder = keep === null ? null : join(keep, `.differences-${context.job.id}`)
    const told = readPieces(context.records)
    const records: { [name: string]: Json } = { ...context.records }
    const { unmapped, schema } = await context.tools.content.compareAcross({
      here: { target: context.target(system) },
      there: sideOf(context, chooseOutput.parse(context.outputOf('choose'))),
      mapping: context.postgres(system).compare,
      ...(tables === undefined ? {} : { tables }),
      done: new Set(told.map(({ name }) => name)),
      folder,
      sample: SAMPLE,
      signal: context.signal,
      onProgress: followTables('comparing', context.now, context.progress),
      onPiece: async (piece) => {
        const name = namePiece(records)
        const value: Json = { tables: JSON.parse(JSON.stringify(piece)) }
        records[name] = value
        told.push(...piece)
        await context.record(name, value)
      },
    })
    const more = Math.max(0, schema.length - KEPT)
    return { ...sumUp(told), unmapped, schema: compareOutput.shape.schema.parse(schema.slice(0, KEPT)), more }
  },
})

/** How the chosen side is reached, with the rights of whoever asks. */
export function sideOf(context: LookContext<Pick<CompareParams, 'system'>>, choice: Choice): ComparedSide {
  const target = context.target(context.params.system)
  if (choice.kind === 'system') return { target: { ...context.target(choice.system), session: target.session } }
  // A kept old database is open to the maintenance role alone.
  if (choice.kind === 'database') return { target: { ...target, url: target.adminUrl }, database: choice.database }
  const { source } = context.postgres(context.params.system)
  if (source === undefined) throw new Error('the source was chosen and is not in the plan')
  return { target: { ...target, url: context.expand(source) } }
}

function sumUp(all: readonly ComparedTable[]): Omit<Compared, 'unmapped' | 'schema' | 'more'> {
  const sum = (of: (table: ComparedTable) => number) => all.reduce((total, table) => total + of(table), 0)
  const file = all.find((table) => table.file !== null)?.file ?? null
  return {
    tables: {
      equal: all.filter((table) => table.why === null && !differs(table)).length,
      differ: all.filter(differs).length,
      unread: all.filter((table) => table.why !== null).length,
    },
    rows: { here: sum(({ rows }) => rows.here), there: sum(({ rows }) => rows.there) },
    inserted: sum(({ inserted }) => inserted),
    deleted: sum(({ deleted }) => deleted),
    changed: sum(({ changed }) => changed),
    folder: file === null ? null : file.slice(0, file.lastIndexOf('/')),
  }
}
