import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { type Night, prepareNight } from '../sandbox/start-night.ts'
import { silentLog } from '../src/ports/log.ts'
import { openPostgresBackend, openRedisBackend } from '../src/queue/backend.ts'
import { startStopwatch } from './dispatch/start-stopwatch.ts'
import { type Dispatched, timeJob } from './dispatch/time-job.ts'
import { openBareQueue } from './dispatch/time-queue.ts'
import { readCount, readFlags } from './measure/read-words.ts'
import { type Benchmark, setGoal } from './measure/result.ts'
import { runSql, type Servers, serverSettings, startServers } from './measure/servers.ts'
import { round, summarise } from './measure/statistics.ts'
import { writeCommand } from './slack/post-command.ts'

const CHANNEL = 'C0INC'
const WARM_UP = 3
/** Between jobs the bot tells the thread of the last one; that shall not be in the next one's time. */
const SETTLE_MS = 700

/** How soon the first step of a job runs after its command was acknowledged. */
export const dispatch: Benchmark = {
  name: 'dispatch',
  usage: 'dispatch [--samples 40]',
  async run(words, tell) {
    const samples = readCount(readFlags(words, ['samples']), 'samples', 40)
    const servers = await startServers()
    const closers: (() => Promise<void>)[] = [servers.close]
    try {
      await runSql(servers.postgres.url('postgres'), 'CREATE DATABASE salvor')
      const redisUrl = await servers.startRedis()
      const night = await prepareNight({
        adminUrl: servers.postgres.url('postgres'),
        storeUrl: servers.postgres.url('salvor'),
        dir: join(servers.dir, 'night'),
        scale: 0.004,
        lateOrders: 12,
        tell,
      })
      closers.push(() => night.close())
      const overRedis = await measure({ servers, night, redisUrl, samples, tell })
      const overPostgres = await measure({ servers, night, samples, tell })
      return {
        compares:
          'milliseconds from the acknowledgement of `verify` to the commit that starts its first step (bot and worker as processes), against the queue alone: a wakeup added and taken in one process',
        settings: { samples, command: 'verify orders-db', postgres: { version: servers.version, ...serverSettings } },
        measured: { overRedis, overPostgres },
        ratios: {
          overRedis: round(overRedis.started.p50 / overRedis.queueAlone.p50),
          overPostgres: round(overPostgres.started.p50 / overPostgres.queueAlone.p50),
        },
        goals: [setGoal('acknowledged to first step started over Redis, p50 in ms', 50, overRedis.started.p50)],
      }
    } finally {
      for (const close of closers.toReversed()) await close().catch(() => {})
    }
  },
}

/** One bot, one worker, and as many jobs as asked for, one after the other. */
async function measure(of: {
  readonly servers: Servers
  readonly night: Night
  readonly redisUrl?: string
  readonly samples: number
  readonly tell: (line: string) => void
}) {
  const { night, redisUrl, tell } = of
  const storeUrl = of.servers.postgres.url('salvor')
  // An empty value counts as absent: then wakeups go over the store.
  const env = { REDIS_URL: redisUrl ?? '' }
  const salvor = [await night.start('bot', env), await night.start('worker', env)]
  const backend = redisUrl
    ? openRedisBackend(redisUrl, silentLog, 'bench')
    : await openPostgresBackend(storeUrl, silentLog, 'bench_queue')
  const queue = await openBareQueue(backend)
  const stopwatch = await startStopwatch({ storeUrl, signingSecret: String(night.env.SLACK_SIGNING_SECRET) })
  const store = new pg.Client({ connectionString: storeUrl })
  await store.connect()
  try {
    const incident = await openIncident(night, store)
    const url = `http://127.0.0.1:${night.env.PORT}/slack/events`
    const body = () => writeCommand('verify orders-db', `${night.slack.url}/nobody`)
    const jobs: Dispatched[] = []
    const alone: number[] = []
    tell(`Measuring over ${redisUrl ? 'Redis' : 'PostgreSQL'} …`)
    for (let at = -WARM_UP; at < of.samples; at++) {
      const job = await timeJob({ stopwatch, store, url, body: body(), incident })
      await delay(SETTLE_MS)
      const bare = await queue.time()
      if (at < 0) continue
      jobs.push(job)
      alone.push(bare)
      if ((at + 1) % 10 === 0)
        tell(`${at + 1} of ${of.samples}: ${JSON.stringify(summarise(jobs.map((one) => one.started)))}`)
    }
    const spread = (stage: keyof Dispatched) => summarise(jobs.map((job) => job[stage]))
    return {
      started: spread('started'),
      /** Where the time goes: the same clock, at the commits before. */
      stages: { requested: spread('requested'), planned: spread('planned') },
      ack: spread('ackMs'),
      queueAlone: summarise(alone),
    }
  } finally {
    await store.end()
    await stopwatch.close()
    await queue.close()
    for (const one of salvor) one.kill('SIGTERM')
    await Promise.all(salvor.map((one) => one.ended))
  }
}

/** The first run opens it, the second finds it. */
async function openIncident(night: Night, store: pg.Client): Promise<number> {
  const find = async () =>
    (
      await store.query<{ number: number }>(
        "SELECT number::int FROM salvor.incidents WHERE number > 0 AND state <> 'closed'",
      )
    ).rows[0]?.number
  const open = await find()
  if (open !== undefined) return open
  await night.slack.as('alice').says('/recover open Orders lost after cut-over', { channel: CHANNEL })
  await night.slack.waitFor('the incident', () => night.slack.messages(CHANNEL).find((one) => one.byBot))
  const opened = await find()
  if (opened === undefined) throw new Error('the incident is not in the store')
  return opened
}
