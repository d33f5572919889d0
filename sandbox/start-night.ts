import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createArchiveTools } from '../src/tools/archives/index.ts'
import { createToolRunner } from '../src/tools/start-tool.ts'
import { findFreePort } from './bootstrap/index.ts'
import { readManifest } from './read-manifest.ts'
import { breakOrders, createOrders, type Orders } from './scenario/index.ts'
import { type LocalSlack, startLocalSlack } from './slack/index.ts'
import { sandboxWorkspace } from './workspace.ts'

const program = fileURLToPath(new URL('../bin/salvor.js', import.meta.url))
const botToken = 'xoxb-sandbox'
const appToken = 'xapp-sandbox'
const signingSecret = 'sandbox-signing-secret'

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
  /** Orders that come in after the backup and are lost by going back to it. */
  readonly lateOrders?: number
  readonly tell?: (line: string) => void
}

export type Role = 'serve' | 'bot' | 'worker'

/** A running Salvor process. */
export interface SalvorProcess {
  readonly role: Role
  readonly pid: number
  readonly ended: Promise<number | null>
  kill(signal: NodeJS.Signals): void
}

/** A night on which a migration has just failed: the shop, the local Slack, and Salvor as processes of its own. */
export interface Night {
  readonly slack: LocalSlack
  readonly orders: Orders
  /** Salvor's environment: tokens, addresses, plan. */
  readonly env: NodeJS.ProcessEnv
  start(role: Role, env?: NodeJS.ProcessEnv): Promise<SalvorProcess>
  close(): Promise<void>
}

/** Sets the scene: orders database, its backup with manifest by Salvor's own code, then the migration that breaks it. */
export async function prepareNight(options: NightOptions): Promise<Night> {
  const tell = options.tell ?? (() => {})
  const { dir, adminUrl } = options
  mkdirSync(dir, { recursive: true })
  // First of all, because it may not get its port; nothing else has been made then.
  const slack = await startLocalSlack({
    botToken,
    appToken,
    signingSecret,
    workspace: sandboxWorkspace,
    ...readManifest(options.transport ?? 'http'),
    ...(options.slackPort === undefined ? {} : { port: options.slackPort }),
  })
  tell('Creating the orders database …')
  const orders = await createOrders({
    adminUrl,
    dir: join(dir, 'orders'),
    ...(options.scale === undefined ? {} : { scale: options.scale }),
    ...(options.name === undefined ? {} : { name: options.name }),
  })
  tell('Taking its backup …')
  await takeBackup(orders)
  tell('Running the migration, which fails …')
  await breakOrders(orders, options.lateOrders === undefined ? {} : { lateOrders: options.lateOrders })
  const port = await findFreePort()
  const http = options.transport !== 'socket'
  if (http) slack.setRequestUrl(`http://127.0.0.1:${port}/slack/events`)
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    ...orders.env,
    SLACK_BOT_TOKEN: botToken,
    ...(http ? { SLACK_SIGNING_SECRET: signingSecret } : { SLACK_APP_TOKEN: appToken }),
    SLACK_API_URL: slack.apiUrl,
    DATABASE_URL: options.storeUrl,
    ...(options.redisUrl === undefined ? {} : { REDIS_URL: options.redisUrl }),
    SALVOR_PLAN: orders.planPath,
    SALVOR_WORKER: 'db1',
    PORT: String(port),
    ...options.env,
  }
  const processes = new Set<SalvorProcess>()
  return {
    slack,
    orders,
    env,
    async start(role, extra = {}) {
      const roleEnv =
        role === 'worker' ? { ...env, PORT: String(await findFreePort()), ...extra } : { ...env, ...extra }
      const started = await startSalvor(role, roleEnv, join(dir, `salvor-${role}.log`))
      processes.add(started)
      void started.ended.then(() => processes.delete(started))
      return started
    },
    async close() {
      for (const one of processes) one.kill('SIGTERM')
      await Promise.race([
        Promise.all([...processes].map((one) => one.ended)),
        new Promise((resolve) => setTimeout(resolve, 8_000)),
      ])
      for (const one of processes) one.kill('SIGKILL')
      await orders.control('stop')
      await slack.close()
    },
  }
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

/** Starts a role and waits until its `/readyz` says so. Its output goes to a file. */
async function startSalvor(role: Role, env: NodeJS.ProcessEnv, logFile: string): Promise<SalvorProcess> {
  const log = createWriteStream(logFile, { flags: 'a' })
  const child: ChildProcess = spawn(process.execPath, [program, role], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout?.pipe(log)
  child.stderr?.pipe(log)
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve))
  let exited = false
  void ended.then(() => {
    exited = true
  })
  const url = `http://127.0.0.1:${env.PORT}/readyz`
  const until = performance.now() + 30_000
  while (!(await answers(url))) {
    if (exited) throw new Error(`salvor ${role} ended at once; see ${logFile}`)
    if (performance.now() > until) throw new Error(`salvor ${role} did not get ready; see ${logFile}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return { role, pid: child.pid ?? -1, ended, kill: (signal) => void child.kill(signal) }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(1_000) })).ok
  } catch {
    return false
  }
}
