import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { findFreePort } from './bootstrap/index.ts'
import { emptyStore } from './empty-store.ts'
import { makeSecrets, type SandboxSecrets } from './make-secrets.ts'
import type { Patient } from './patient/index.ts'
import { readManifest } from './read-manifest.ts'
import { type Role, type SalvorProcess, startSalvor, stopSalvor } from './salvor-process.ts'
import { type Orders, removeOrders } from './scenario/index.ts'
import { type Scene, setScene } from './set-scene.ts'
import { type LocalSlack, type LocalSlackOptions, startLocalSlack } from './slack/index.ts'
import { sandboxWorkspace } from './workspace.ts'

export type { SalvorProcess } from './salvor-process.ts'

export interface NightOptions {
  /** Superuser address of the cluster that holds the orders database. */
  readonly adminUrl: string
  /** Salvor's own store, an empty or migrated database. */
  readonly storeUrl: string
  /** Wakeups over Redis; without it over the store. */
  readonly redisUrl?: string
  readonly dir: string
  /** 1 is a million rows in all. */
  readonly scale?: number
  readonly name?: string
  readonly transport?: 'http' | 'socket'
  /** Port of the local Slack and its page. */
  readonly slackPort?: number
  /** Added to Salvor's environment. */
  readonly env?: NodeJS.ProcessEnv
  /** Id of the story of the failed migration; default: the first. */
  readonly story?: string
  /** Orders that come in after the backup and are lost by going back to it. */
  readonly lateOrders?: number
  /** What the page of the local Slack offers beside the conversation. */
  readonly page?: LocalSlackOptions['page']
  /** Remembers how the shop was before its migration, so that `patient` can be looked at. */
  readonly watched?: boolean
  readonly tell?: (line: string) => void
}

/** A night on which a migration has just failed: the shop, the local Slack, and Salvor as processes of its own. */
export interface Night {
  readonly slack: LocalSlack
  readonly orders: Orders
  readonly patient: Patient | null
  /** Salvor's environment: tokens, addresses, plan. */
  readonly env: NodeJS.ProcessEnv
  start(role: Role, env?: NodeJS.ProcessEnv): Promise<SalvorProcess>
  /**
   * Begins a story anew, as if nothing had ever been said or done: Salvor is ended and its store emptied, the shop is
   * made again and its migration fails. Salvor is not started. `orders`, `patient` and `env` are others afterwards.
   */
  reset(story: string, tell: (line: string) => void): Promise<void>
  close(): Promise<void>
}

/** Prepares a night: the local Slack listens, the migration has failed, Salvor can be started. */
export async function prepareNight(options: NightOptions): Promise<Night> {
  const { dir, tell = () => {} } = options
  mkdirSync(dir, { recursive: true })
  // First of all, because it may not get its port; nothing else has been made then.
  const secrets = makeSecrets()
  const slack = await startLocalSlack({
    ...secrets,
    workspace: sandboxWorkspace,
    ...readManifest(options.transport ?? 'http'),
    ...(options.slackPort === undefined ? {} : { port: options.slackPort }),
    ...(options.page === undefined ? {} : { page: options.page }),
  })
  const playScene = (story: string | undefined, say: (line: string) => void) =>
    setScene({ ...options, dir: join(dir, 'orders'), ...(story === undefined ? {} : { story }), tell: say })
  let scene = await playScene(options.story, tell)
  let resets = 0
  const port = await findFreePort()
  if (options.transport !== 'socket') slack.setRequestUrl(`http://127.0.0.1:${port}/slack/events`)
  const processes = new Set<SalvorProcess>()
  return {
    slack,
    get orders() {
      return scene.orders
    },
    get patient() {
      return scene.patient
    },
    get env() {
      return describeEnvironment(options, scene, { slack, secrets, port, resets })
    },
    async start(role, extra = {}) {
      const env = { ...describeEnvironment(options, scene, { slack, secrets, port, resets }), ...extra }
      const ownPort = role === 'worker' && extra.PORT === undefined ? { PORT: String(await findFreePort()) } : {}
      const started = await startSalvor(role, { ...env, ...ownPort }, join(dir, `salvor-${role}.log`))
      processes.add(started)
      void started.ended.then(() => processes.delete(started))
      return started
    },
    async reset(story, say) {
      say('Stopping Salvor …')
      await stopSalvor(processes)
      slack.reset()
      await emptyStore(options.storeUrl)
      say('Removing the shop …')
      await removeOrders(scene.orders)
      resets += 1
      scene = await playScene(story, say)
    },
    async close() {
      await stopSalvor(processes)
      await scene.orders.control('stop')
      await slack.close()
    },
  }
}

function describeEnvironment(
  options: NightOptions,
  { orders }: Scene,
  {
    slack,
    secrets: { botToken, appToken, signingSecret },
    port,
    resets,
  }: {
    readonly slack: LocalSlack
    readonly secrets: SandboxSecrets
    readonly port: number
    readonly resets: number
  },
): NodeJS.ProcessEnv {
  return {
    ...process.env,
    ...orders.env,
    SLACK_BOT_TOKEN: botToken,
    ...(options.transport === 'socket' ? { SLACK_APP_TOKEN: appToken } : { SLACK_SIGNING_SECRET: signingSecret }),
    SLACK_API_URL: slack.apiUrl,
    DATABASE_URL: options.storeUrl,
    ...(options.redisUrl === undefined ? {} : { REDIS_URL: addressQueue(options.redisUrl, resets) }),
    SALVOR_PLAN: orders.planPath,
    SALVOR_WORKER: 'db1',
    PORT: String(port),
    ...options.env,
  }
}

/** Wakeups of a night that was thrown away lie in another of Redis' sixteen databases than those of the next. */
function addressQueue(redisUrl: string, resets: number): string {
  if (resets === 0) return redisUrl
  const address = new URL(redisUrl)
  address.pathname = `/${resets % 16}`
  return address.href
}
