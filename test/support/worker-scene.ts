import { createEngineWorld, type EngineWorld } from './engine-world.ts'
import { makeStoreRoles } from './store-roles.ts'

/** A store with roles of its own, for whoever acts with the worker's. */
export interface WorkerScene {
  readonly world: EngineWorld
  /** The store's address with the worker's role. */
  readonly worker: string
  /** Waits for an approval of its last step. */
  readonly job: string
  /** Another one, still to be planned. */
  readonly fresh: string
}

export async function openWorkerScene(): Promise<WorkerScene> {
  let worker = ''
  const world = await createEngineWorld({
    urlsOf: async (database) => {
      const made = await makeStoreRoles(database)
      worker = made.worker
      return made
    },
  })
  const job = await world.request()
  await world.settle()
  return { world, worker, job, fresh: await world.request('other') }
}
