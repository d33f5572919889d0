import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, inject } from 'vitest'
import { placeOrders } from '../../../sandbox/scenario/place-orders.ts'
import type { SalvorProcess } from '../../../sandbox/start-night.ts'
import { shortCode } from '../../../src/domain/digest.ts'
import { channel, openNight, type TestNight } from '../../support/night.ts'
import { type PgProxy, startPgProxy } from '../../support/pg-proxy.ts'
import { adminUrl, dropDatabase, runSql } from '../../support/postgres.ts'
import { isAlive, processesWithEnv } from '../../support/processes.ts'
import { type OwnRedis, startOwnRedis } from '../../support/redis.ts'
import { type LogMark, markServerLog } from '../../support/server-log.ts'
import { type Invocation, recordTools } from '../../support/tool-log.ts'
import { until } from '../../support/until.ts'

/** Marks every process of a night, however deep: Salvor passes it on to the tools that it starts. */
const MARK = 'SALVOR_NIGHT'

export type Victim = 'worker' | 'runner' | 'redis' | 'bot'

/** A night whose bot, worker and Redis can be killed and brought back, and whose connections can be held. */
export interface FaultNight extends TestNight {
  readonly redis: OwnRedis
  /** Between Salvor and the recovered cluster. */
  readonly target: PgProxy
  /** Between Salvor and its own store. */
  readonly front: PgProxy
  role(name: 'bot' | 'worker'): SalvorProcess
  /** kill -9, and seen gone. */
  kill(victim: Victim, job?: string): Promise<void>
  /** As a supervisor would; Redis with its append-only file. Nothing for the runner, which is the worker's to start. */
  bringBack(victim: Victim): Promise<void>
  /** Living processes of this night, tools included. */
  processes(): { pid: number; argv: string[] }[]
  /** The runner of a job, once it is there. */
  runnerPid(job: string): Promise<number>
  invocations(): Invocation[]
}

/** One night for the tests of a file, one restore after the other; a failed test leaves its own behind. */
export function useFaultNight(options: Parameters<typeof openFaultNight>[0] = {}): () => FaultNight {
  let night: FaultNight | undefined
  const leave = async () => {
    await night?.close()
    night = undefined
  }
  beforeEach(async () => {
    night ??= await openFaultNight(options)
  }, 300_000)
  afterEach(async ({ task }) => {
    night?.target.disarm()
    night?.front.disarm()
    if (task.result?.state === 'fail') await leave()
  }, 240_000)
  afterAll(leave, 240_000)
  return () => {
    if (!night) throw new Error('the night begins with a test')
    return night
  }
}

/** What was true when a restore was asked for. */
export interface Asked {
  readonly job: string
  readonly mark: LogMark
  readonly liveOid: number
  /** Milliseconds since the epoch. */
  readonly at: number
}

/** Opens a night, an incident in it, and starts bot and worker as processes of their own. */
export async function openFaultNight(
  options: {
    readonly transport?: 'http' | 'socket'
    /** Makes ready what is to be there before Salvor starts; answers what its environment holds beside. */
    readonly prepare?: (night: TestNight) => Promise<NodeJS.ProcessEnv>
  } = {},
): Promise<FaultNight> {
  const [redis, target, front] = await Promise.all([
    startOwnRedis(),
    startPgProxy(adminUrl()),
    startPgProxy(adminUrl()),
  ])
  const tools = recordTools()
  const { prepare: _, ...scene } = options
  const night = await openNight({ scale: 0.001, redisUrl: redis.url, ...scene })
  const { database } = night
  const { ORDERS_DB_URL, ORDERS_ADMIN_URL } = night.orders.env
  // The end of a transaction is no DDL, but only what was committed counts as executed.
  // Two files that begin at once would both insert the setting's row: the lock, any number, makes them take turns.
  await runSql(
    adminUrl(),
    `SELECT pg_advisory_xact_lock(7319002); ALTER ROLE salvor_dba IN DATABASE postgres SET log_statement = 'all'`,
  )
  // Sessions on the target are named after the job: files that share a cluster must not have equal jobs.
  const first = 1 + Math.floor(Math.random() * 1e6)
  await night.query('INSERT INTO salvor.counters (name, value) VALUES ($1, $2)', ['job:restore', first * 1000])
  const env: NodeJS.ProcessEnv = {
    ...(await options.prepare?.(night)),
    ...tools.env,
    [MARK]: database,
    // Dozens of runners start in a file: what one has compiled serves the others.
    NODE_COMPILE_CACHE: join(inject('runFolder'), 'compile-cache'),
    SALVOR_TOOL_ENV: `TOOL_LOG,REAL_PATH,${MARK}`,
    ORDERS_DB_URL: target.through(ORDERS_DB_URL),
    ORDERS_ADMIN_URL: target.through(ORDERS_ADMIN_URL),
    DATABASE_URL: front.through(night.store.url),
  }
  const roles = { bot: await night.start('bot', env), worker: await night.start('worker', env) }
  await night.slack.as('alice').says('/recover open Orders lost after cut-over --severity 1', { channel })
  await until('the incident', async () => (await night.query('SELECT 1 FROM salvor.incidents WHERE number = 1'))[0])
  const processes = () => processesWithEnv(MARK, new RegExp(`^${database}$`)).filter((one) => isAlive(one.pid))
  const runnerPid = (job: string) =>
    until(`the runner of ${job}`, () => {
      return processes().find((one) => isRunnerOf(one.argv, job))?.pid
    })
  return {
    ...night,
    redis,
    target,
    front,
    processes,
    runnerPid,
    invocations: () => tools.invocations(),
    role: (name) => roles[name],
    async kill(victim, job = '') {
      if (victim === 'redis') return redis.crash()
      const pid = victim === 'runner' ? await runnerPid(job) : roles[victim].pid
      process.kill(pid, 'SIGKILL')
      await until(`the end of ${victim}`, () => !isAlive(pid))
    },
    async bringBack(victim) {
      if (victim === 'redis') await redis.restart()
      else if (victim !== 'runner') roles[victim] = await night.start(victim, env)
    },
    async close() {
      target.disarm()
      front.disarm()
      await night.close()
      // A failed test may leave a runner frozen; its tools end with it.
      for (const { pid } of processes()) if (isAlive(pid)) process.kill(pid, 'SIGKILL')
      await Promise.all([target.close(), front.close(), redis.remove()])
    },
  }
}

/** Damages live (rows lost, later orders placed), puts old databases away, and gives the mark from which to count. */
export async function damage(night: FaultNight): Promise<Omit<Asked, 'job'>> {
  for (const name of await night.databases()) if (name !== night.database) await dropDatabase(name)
  const { superUrl, appUrl } = night.orders.database
  await runSql(superUrl, 'DELETE FROM order_items WHERE order_id % 5 = 0')
  await placeOrders(appUrl, 3)
  return { mark: markServerLog(), liveOid: await readOid(night.database), at: Date.now() }
}

/** The id that the next restore will have, so that traps can wait for it. */
export async function nextRestore(night: FaultNight): Promise<string> {
  const [row] = await night.query<{ value: string }>(`SELECT value FROM salvor.counters WHERE name = 'job:restore'`)
  return `restore-${Number(row?.value ?? 0) + 1}`
}

/** Alice asks for a restore; resolves when the store has the job. */
export async function askForRestore(night: FaultNight, job: string): Promise<void> {
  await night.slack.as('alice').says('/recover restore orders-db', { channel })
  await until(`the job ${job}`, () => night.jobState(job))
}

export async function readOid(database: string): Promise<number> {
  const sql = 'SELECT oid::int8::float8 AS oid FROM pg_database WHERE datname = $1'
  const [row] = await runSql<{ oid: number }>(adminUrl(), sql, [database])
  return row?.oid ?? 0
}

const RESTS = ['succeeded', 'failed', 'stopped', 'rejected', 'needs_person']

/** Lets the job go on to its rest; Bob approves every card that asks, once he sees it. Answers the state. */
export async function seeThrough(night: FaultNight, job: string, timeoutMs = 60_000): Promise<string> {
  const pressed = new Set<string>()
  return until(
    `the end of ${job}`,
    async () => {
      const state = (await night.jobState(job)) ?? ''
      if (RESTS.includes(state)) return state
      const asked = await findAsked(night, job)
      if (asked === undefined || pressed.has(asked.id) || !seesCard(night, asked.code)) return undefined
      // Slack tells whom the app did not answer; he presses again.
      if (await approveAs(night, 'bob', asked.code)) pressed.add(asked.id)
      return undefined
    },
    timeoutMs,
    50,
  )
}

/** The approval that waits for people now. */
export async function findAsked(night: FaultNight, job: string): Promise<{ id: string; code: string } | undefined> {
  const sql = `SELECT id, digest FROM salvor.approvals WHERE job = $1 AND state = 'asked'`
  const [row] = await night.query<{ id: string; digest: string }>(sql, [job])
  return row === undefined ? undefined : { id: row.id, code: shortCode(row.digest) }
}

/** Waits for the card of the present approval, which is not `before`, and gives it. */
export async function awaitCard(
  night: FaultNight,
  job: string,
  before?: string,
): Promise<{ id: string; code: string }> {
  return until(
    `the card of ${job}`,
    async () => {
      const asked = await findAsked(night, job)
      return asked !== undefined && asked.id !== before && seesCard(night, asked.code) ? asked : undefined
    },
    60_000,
    50,
  )
}

/** Presses Approve on the card with this code. False when the app did not take it. */
export async function approveAs(night: FaultNight, person: string, code: string): Promise<boolean> {
  const { ok } = await night.slack.as(person).presses('Approve', { channel, text: onCard(code) })
  return ok
}

function seesCard(night: FaultNight, code: string): boolean {
  return night.slack
    .as('bob')
    .buttons({ channel, text: onCard(code) })
    .some((label) => /Approve/.test(label))
}

/** Words that only the card with this code has. */
export function onCard(code: string): RegExp {
  return new RegExp(`code\\W*${code}`)
}

/** A runner is called `salvor runner <step>` once it knows its step. */
export function isRunnerOf(argv: readonly string[], job: string): boolean {
  return argv[0]?.startsWith(`salvor runner ${job}/`) ?? false
}
