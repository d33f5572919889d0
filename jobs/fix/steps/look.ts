import { digestOf } from '../../../src/domain/digest.ts'
import { SalvorError } from '../../../src/domain/errors/fail.ts'
import { chooseRejects } from '../../../src/domain/rejects.ts'
import { defineStep, type StepContext } from '../../../src/engine/define-step.ts'
import { findRemedy } from '../find-remedy.ts'
import { type FixParams, lookOutput } from '../params.ts'

/** Reads the remedy that the plan names, and who the target is. What is journaled here is what will be run. */
export const look = defineStep<FixParams>({
  name: 'look',
  title: 'look',
  risk: 'read',
  where: 'worker',
  sessionsOn: ({ system }) => system,
  run: lookAtRemedy,
  isDone: async () => ({ done: 'no' }),
})

async function lookAtRemedy(context: StepContext<FixParams>) {
  const { system, remedy: name, undoes } = context.params
  const remedy = findRemedy(context.plan, system, name)
  const target = context.target(system)
  const { systemIdentifier, name: database, oid } = await context.tools.databases.identify(target)
  const { plan, resolvePath } = context
  // A remedy that is about one table makes no row of another fit.
  const rejects = undoes === undefined ? chooseRejects(plan, system, remedy.when.table ?? null, resolvePath) : null
  const groups = rejects === null ? [] : await context.tools.remedies.countRejects(target, rejects, context.signal)
  return lookOutput.parse({
    ...(await readRemedy(context, undoes === undefined ? remedy : { name, sql: wayBack(remedy) })),
    identity: { systemIdentifier, name: database, oid },
    undo: undoes === undefined && remedy.undo !== undefined,
    rejects,
    groups,
  })
}

function wayBack({ name, undo }: { readonly name: string; readonly undo?: string | undefined }): string {
  if (undo === undefined) throw new SalvorError('remedy_no_undo', { remedy: name })
  return undo
}

async function readRemedy(
  context: StepContext<FixParams>,
  remedy: { readonly name: string; readonly sql?: string | undefined; readonly argv?: readonly string[] | undefined },
) {
  const { sql, argv } = remedy
  if (sql === undefined) {
    // The plan must say one of them; the digest of argv stands for that of a file.
    const sha256 = digestOf([...(argv ?? [])])
    return { from: 'argv in the plan', statements: [], argv: argv ?? [], sha256 }
  }
  const isFile = /^\S+\.sql$/.test(sql)
  const read = await context.tools.remedies.readSql(isFile ? { path: context.resolvePath(sql) } : { text: sql })
  const known = context.plan.files?.[sql]
  if (isFile && known !== undefined && known !== read.sha256) throw new SalvorError('remedy_changed', { file: sql })
  return { from: isFile ? sql : 'SQL in the plan', statements: read.statements, argv: null, sha256: read.sha256 }
}
