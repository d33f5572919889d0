import { createArchiveTools } from '../src/tools/archives/index.ts'
import { createToolRunner } from '../src/tools/start-tool.ts'
import { createPatient, type Patient } from './patient/index.ts'
import { breakOrders, createOrders, type Orders } from './scenario/index.ts'

/** What a scene is made of. */
export interface SceneOptions {
  /** Superuser address of the cluster that holds the orders database. */
  readonly adminUrl: string
  readonly storeUrl: string
  /** Folder of the shop; made anew. */
  readonly dir: string
  readonly scale?: number
  readonly name?: string
  /** Id of the story of the failed migration; default: the first. */
  readonly story?: string
  /** Orders that come in after the backup and are lost by going back to it. */
  readonly lateOrders?: number
  /** Remembers how the shop was, so that its patient can be looked at. */
  readonly watched?: boolean
  readonly tell: (line: string) => void
}

/** A shop whose migration has just failed. */
export interface Scene {
  readonly orders: Orders
  /** Where the scene is watched. */
  readonly patient: Patient | null
}

/** Sets the scene: orders database, its backup with manifest by Salvor's own code, then the migration that breaks it. */
export async function setScene(options: SceneOptions): Promise<Scene> {
  const { adminUrl, storeUrl, dir, scale, name, story, lateOrders, tell } = options
  tell('Creating the orders database …')
  const orders = await createOrders({
    adminUrl,
    dir,
    ...(scale === undefined ? {} : { scale }),
    ...(name === undefined ? {} : { name }),
  })
  tell('Taking its backup …')
  await takeBackup(orders)
  const patient = options.watched ? await createPatient(orders, storeUrl) : null
  tell('Running the migration, which fails …')
  await breakOrders(orders, {
    ...(lateOrders === undefined ? {} : { lateOrders }),
    ...(story === undefined ? {} : { story }),
  })
  return { orders, patient }
}

async function takeBackup(orders: Orders): Promise<void> {
  const archives = createArchiveTools({ run: createToolRunner() })
  await archives.dump({
    target: {
      system: 'orders-db',
      url: orders.env.ORDERS_DB_URL,
      adminUrl: orders.env.ORDERS_ADMIN_URL,
      session: { step: 'sandbox/backup', fence: 1 },
    },
    folder: orders.backups,
    jobs: 2,
    signal: AbortSignal.timeout(300_000),
  })
}
