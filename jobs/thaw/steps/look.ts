import { defineStep } from '../../../src/engine/define-step.ts'
import { findFrozen } from '../find-frozen.ts'
import type { ThawParams } from '../params.ts'

/** Reads from the store what was stopped: nothing else is started. */
export const look = defineStep<ThawParams>({
  name: 'look',
  title: 'look',
  risk: 'read',
  where: 'worker',
  async run({ store, incident, params, plan }) {
    const { freezes, services, databases } = await findFrozen(store, { incident: incident.number, ...params, plan })
    return { freezes, services, databases }
  },
})
