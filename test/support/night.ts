import { randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'
import type { Message } from '../../sandbox/slack/index.ts'
import { type Night, type NightOptions, prepareNight } from '../../sandbox/start-night.ts'
import type { ApprovalSubject } from '../../src/domain/approval.ts'
import { approvalCode } from '../../src/domain/whole-commands.ts'
import { adminUrl, createStoreDatabase, dropDatabase, runSql, type TestDatabase } from './postgres.ts'
import { redisUrl } from './redis.ts'
import { until } from './until.ts'

/** A night on the run's servers, with what scenarios ask of it again and again. */
export interface TestNight extends Night {
  readonly store: TestDatabase
  /** The night itself; after `reset` its shop is another one than this copy's. */
  readonly night: Night
  /** The orders database; its kept and side databases begin with the same name. */
  readonly database: string
  /** Timestamp of the root message of the newest incident. */
  rootTs(): string
  /** Every text of the incident's thread, oldest first. */
  threadText(): string
  /** Rows of the store. */
  query<Row extends Record<string, unknown>>(sql: string, values?: unknown[]): Promise<Row[]>
  /** The code that approves the newest card of a job, once that card is in the thread. */
  cardCode(job: string): Promise<string>
  jobState(job: string): Promise<string | undefined>
  stepState(job: string, step: string): Promise<string | undefined>
  /** Databases of this night in the cluster, sorted. */
  databases(): Promise<string[]>
}

export const channel = 'C0INC'

/** Prepares a small night; `close` ends its processes and drops its databases. */
export async function openNight(options: Partial<NightOptions> = {}): Promise<TestNight> {
  const store = await createStoreDatabase()
  const database = `orders_${randomBytes(4).toString('hex')}`
  const night = await prepareNight({
    adminUrl: adminUrl(),
    storeUrl: store.url,
    redisUrl: redisUrl(),
    dir: mkdtempSync(join(inject('runFolder'), 'night-')),
    scale: 0.004,
    name: database,
    lateOrders: 12,
    ...options,
  })
  const query: TestNight['query'] = (sql, values) => runSql(store.url, sql, values)
  const databases = async () => {
    const sql = `SELECT datname FROM pg_database WHERE starts_with(datname, $1) ORDER BY datname`
    return (await runSql<{ datname: string }>(adminUrl(), sql, [database])).map((row) => row.datname)
  }
  const rootTs = () => {
    const root = night.slack.messages(channel).findLast((message) => message.byBot)
    if (!root) throw new Error('no incident has a root message')
    return root.ts
  }
  return {
    ...night,
    night,
    store,
    database,
    query,
    databases,
    rootTs,
    threadText: () => night.slack.thread(channel, rootTs()).map(textOf).join('\n'),
    cardCode: (job) =>
      until(
        `the newest card of ${job} in the thread`,
        async () => {
          const [row] = await query<{ digest: string; subject: ApprovalSubject; posted: boolean }>(
            `SELECT a.digest, a.subject, EXISTS (SELECT FROM salvor.messages m
                                       WHERE m.key = 'ask:' || a.id || ':thread' AND m.state = 'posted') AS posted
               FROM salvor.approvals a WHERE a.job = $1 ORDER BY a.asked_at DESC, a.id DESC LIMIT 1`,
            [job],
          )
          return row?.posted ? approvalCode(row) : undefined
        },
        30_000,
      ),
    async jobState(job) {
      const [row] = await query<{ state: string }>('SELECT state FROM salvor.jobs WHERE id = $1', [job])
      return row?.state
    },
    async stepState(job, step) {
      const [row] = await query<{ state: string }>('SELECT state FROM salvor.steps WHERE id = $1', [`${job}/${step}`])
      return row?.state
    },
    async close() {
      await night.close()
      for (const name of await databases()) await dropDatabase(name)
      await store.drop()
    },
  }
}

/** All words of a message, blocks included. */
export function textOf(message: Message): string {
  return `${message.text}\n${JSON.stringify(message.blocks)}`
}
