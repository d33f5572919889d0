import { chooseRejects } from '../../../src/domain/rejects.ts'
import { defineStep, type StepContext } from '../../../src/engine/define-step.ts'
import { findRemedy } from '../find-remedy.ts'
import { type FixParams, lookOutput } from '../params.ts'
import { readRemedy } from '../read-remedy.ts'

/** Reads the remedy that the plan names, and who the target is. */
export const look = defineStep<FixParams>({
  name: 'look',
  title: 'look',
  risk: 'read',
  where: 'worker',
  sessionsOn: ({ system }) => system,
  run: lookAtRemedy,
})

async function lookAtRemedy(context: StepContext<FixParams>) {
  const { system, remedy: name, undoes } = context.params
  const remedy = findRemedy(context.plan, system, name)
  const { from, shown, argv, sha256 } = await readRemedy(context)
  const target = context.target(system)
  const { systemIdentifier, name: database, oid } = await context.tools.databases.identify(target)
  const { plan, resolvePath } = context
  // A remedy that is about one table makes no row of another fit.
  const rejects = undoes === undefined ? chooseRejects(plan, system, remedy.when.table ?? null, resolvePath) : null
  const groups = rejects === null ? [] : await context.tools.remedies.countRejects(target, rejects, context.signal)
  return lookOutput.parse({
    ...{ from, shown, argv, sha256 },
    identity: { systemIdentifier, name: database, oid },
    undo: undoes === undefined && remedy.undo !== undefined,
    rejects,
    groups,
  })
}
