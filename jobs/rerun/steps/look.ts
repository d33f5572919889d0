import { findMigration } from '../../../src/domain/find-migration.ts'
import { defineStep } from '../../../src/engine/define-step.ts'
import { countRejects } from '../count-rejects.ts'
import { lookOutput, type RerunParams } from '../params.ts'

/** Whether the plan knows how to run it, and which database it will write to. */
export const look = defineStep<RerunParams>({
  name: 'look',
  title: 'look',
  risk: 'read',
  where: 'worker',
  sessionsOn: ({ system }) => system,
  async run(context) {
    findMigration(context.plan, context.params)
    const identity = await context.tools.databases.identify(context.target(context.params.system))
    return lookOutput.parse({ identity, groups: await countRejects(context) })
  },
})
