import { defineStep } from '../../../src/engine/define-step.ts'
import { createOutput, type RestoreParams } from '../params.ts'
import { createFreshSide, dropSides, nameSide } from '../side.ts'

/** An empty database beside the live one. */
export const create = defineStep<RestoreParams>({
  name: 'create',
  title: 'side copy',
  risk: 'reversible',
  where: 'worker',
  sessionsOn: ({ system }) => system,
  async run(context) {
    const side = await createFreshSide(context)
    return createOutput.parse({ ...side, leaves: nameSide(side) })
  },
  // A new attempt makes a new one and puts the old one away: nothing depends on an empty database.
  isDone: async () => ({ done: 'no' }),
  cleanUp: dropSides,
})
