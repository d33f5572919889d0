import { nameInAddress } from '../../../src/engine/address.ts'
import { defineStep } from '../../../src/engine/define-step.ts'
import { type FreezeParams, heldRecord } from '../params.ts'

/** Closes the database for new connections and ends those that are there. One that is closed already is left so. */
export const hold = defineStep<FreezeParams>({
  name: 'hold',
  title: 'hold off connections',
  risk: 'reversible',
  where: 'worker',
  sessionsOn: ({ system }) => system,
  async run(context) {
    const target = context.target(context.params.system)
    const database = nameInAddress(target.url)
    const { databases } = context.tools
    // Closed by an attempt of ours that broke off: its sessions may still be there, so it is done again.
    const isOurs = Object.hasOwn(context.records, `${heldRecord}${database}`)
    if (!isOurs && !(await databases.acceptsConnections(target, database))) {
      return { database, endedSessions: 0, already: true }
    }
    await context.record(`${heldRecord}${database}`, true)
    const { endedSessions } = await databases.holdOff(target, database)
    return { database, endedSessions, already: false }
  },
  // Holding off ends sessions as well: only a whole run of it is proof, and it may run again.
  isDone: async () => ({ done: 'no' }),
})
