import { digestOf } from '../../src/domain/digest.ts'
import { SalvorError } from '../../src/domain/errors/fail.ts'
import { readUploadSql } from '../../src/domain/loose-remedy.ts'
import type { LookContext } from '../../src/engine/define-step.ts'
import type { RemedySql } from '../../src/ports/remedy-tools.ts'
import { findRemedy } from './find-remedy.ts'
import type { FixParams } from './params.ts'

/** A remedy as the plan has it now. `argv` is null for SQL; a program has no statements. */
interface ReadRemedy extends RemedySql {
  /** `remedies/widen-phone.sql`, or how else the plan names it. */
  readonly from: string
  readonly argv: readonly string[] | null
}

/**
 * Reads the remedy, or its way back, and refuses a file that is not the one in the plan's digest. Called again before
 * each run: SQL may hold secrets, so it is never kept in the job.
 */
export async function readRemedy(context: LookContext<FixParams>): Promise<ReadRemedy> {
  const { system, remedy: name, undoes } = context.params
  const { argv, undo, ...forward } = findRemedy(context.plan, system, name)
  const sql = undoes === undefined ? forward.sql : undo
  if (sql === undefined) {
    if (undoes !== undefined) throw new SalvorError('remedy_no_undo', { system, remedy: name })
    // Its digest stands for that of a file.
    return {
      from: 'argv in the plan',
      statements: [],
      shown: [],
      hides: false,
      beyondPlain: null,
      argv: argv ?? [],
      sha256: digestOf([...(argv ?? [])]),
    }
  }
  const upload = readUploadSql(sql)
  if (upload !== null) return mustBePlain(context, await readUploaded(context, upload))
  const isFile = /^\S+\.sql$/.test(sql)
  const read = await context.tools.remedies.readSql(isFile ? { path: context.resolvePath(sql) } : { text: sql })
  const known = context.plan.files?.[sql]
  if (isFile && known !== undefined && known !== read.sha256) throw new SalvorError('remedy_changed', { file: sql })
  const found = { ...read, from: isFile ? sql : 'SQL in the plan', argv: null }
  return isLoose(context) ? mustBePlain(context, found) : found
}

/** SQL that no plan names runs before anybody has approved it only where a rollback takes all of it back. */
function mustBePlain({ params }: LookContext<FixParams>, read: ReadRemedy): ReadRemedy {
  if (read.beyondPlain === null || params.ask === true) return read
  throw new SalvorError('remedy_not_plain', { file: read.from, ...read.beyondPlain, system: params.system })
}

/** SQL that no plan names. */
export function isLoose({
  plan,
  params: { system, remedy },
}: Pick<LookContext<FixParams>, 'plan' | 'params'>): boolean {
  const found = plan.systems[system]
  return found?.kind === 'postgres' && !found.remedies.some(({ name }) => name === remedy)
}

/** What was shared is read from the store by its hash, on whichever machine this is; another text is no text of this job. */
async function readUploaded(
  { store, tools, params }: LookContext<FixParams>,
  { sha256, name }: { readonly sha256: string; readonly name: string },
): Promise<ReadRemedy> {
  const upload = await store.readUpload(sha256)
  if (upload === undefined) throw new SalvorError('upload_gone', { file: name })
  const read = await tools.remedies.readSql({ text: upload.text, name })
  if (read.sha256 !== sha256) throw new SalvorError('upload_gone', { file: name })
  return { ...read, from: `${name}, shared by ${params.sharedBy ?? upload.by}`, argv: null }
}
