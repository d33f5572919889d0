import { defineStep } from '../../../src/engine/define-step.ts'
import { lookOutput, type ThawParams } from '../params.ts'

/** Opens the databases that a freeze closed. Before the services: they need them. */
export const open = defineStep<ThawParams>({
  name: 'open',
  title: 'open connections',
  risk: 'reversible',
  where: 'worker',
  async run(context) {
    const { databases } = lookOutput.parse(context.outputOf('look'))
    for (const database of databases) {
      await context.tools.databases.reopen(context.target(context.params.system), database)
    }
    return { opened: databases }
  },
  async isDone(context) {
    const { databases } = lookOutput.parse(context.outputOf('look'))
    for (const database of databases) {
      const target = context.target(context.params.system)
      if (!(await context.tools.databases.acceptsConnections(target, database))) return { done: 'no' }
    }
    return { done: 'yes', output: { opened: databases } }
  },
})
