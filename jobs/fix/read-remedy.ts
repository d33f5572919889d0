import { digestOf } from '../../src/domain/digest.ts'
import { SalvorError } from '../../src/domain/errors/fail.ts'
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
      argv: argv ?? [],
      sha256: digestOf([...(argv ?? [])]),
    }
  }
  const isFile = /^\S+\.sql$/.test(sql)
  const read = await context.tools.remedies.readSql(isFile ? { path: context.resolvePath(sql) } : { text: sql })
  const known = context.plan.files?.[sql]
  if (isFile && known !== undefined && known !== read.sha256) throw new SalvorError('remedy_changed', { file: sql })
  return { ...read, from: isFile ? sql : 'SQL in the plan', argv: null }
}
