import { type ConnectionOptions, createPostgresBackend, Queue, runMigrations, Worker, type WorkerOptions } from 'bullmq'
import { Redis } from 'ioredis'
import pg from 'pg'
import type { Log } from '../ports/log.ts'

/** Wakeup data: only names, so a queue holds nothing worth stealing. */
export interface WakeupData {
  readonly job: string
}

type Processor = (job: string) => Promise<void>

/** BullMQ over one of its two stores. Queue and worker behave alike; a contract suite holds both to it. */
export interface QueueBackend {
  openQueue(name: string): Queue<WakeupData>
  openWorker(name: string, process: Processor, concurrency: number): Worker<WakeupData>
  close(): Promise<void>
}

/**
 * Settings of every worker. A wakeup that stalls is not run again by BullMQ (`maxStalledCount: 0`): the sweep
 * makes a new one, and the lease decides who may run. Finished wakeups are removed at once, because an id that
 * is still known swallows the next wakeup of the same id.
 */
const workerSettings = {
  maxStalledCount: 0,
  removeOnComplete: { count: 0 },
  removeOnFail: { count: 0 },
  drainDelay: 5,
} as const satisfies Partial<WorkerOptions>

/** Over Redis, which needs AOF and `noeviction` to be of much use; losing it loses nothing but time. */
export function openRedisBackend(url: string, log: Log, prefix: string): QueueBackend {
  const connections: Redis[] = []
  const connect = (settings: {
    maxRetriesPerRequest: number | null
    enableOfflineQueue: boolean
  }): ConnectionOptions => {
    const redis = new Redis(url, { ...settings, retryStrategy: (tries) => Math.min(tries * 200, 2_000) })
    redis.on('error', (error) => log.debug({ error: error.message }, 'redis is away'))
    connections.push(redis)
    return redis as unknown as ConnectionOptions
  }
  return {
    // A producer must fail at once when Redis is away, instead of piling wakeups up that are stale when it is back.
    openQueue: (name) =>
      listen(
        new Queue<WakeupData>(name, {
          prefix,
          connection: connect({ maxRetriesPerRequest: 1, enableOfflineQueue: false }),
        }),
        log,
      ),
    openWorker: (name, process, concurrency) =>
      listen(
        new Worker<WakeupData>(name, (wakeup) => process(wakeup.data.job), {
          ...workerSettings,
          prefix,
          concurrency,
          connection: connect({ maxRetriesPerRequest: null, enableOfflineQueue: true }),
        }),
        log,
      ),
    async close() {
      for (const redis of connections) redis.disconnect()
    },
  }
}

/** Over the store's own PostgreSQL, schema `bullmq`: needs a direct connection, because it listens. */
export async function openPostgresBackend(url: string, log: Log, schema = 'bullmq'): Promise<QueueBackend> {
  const client = new pg.Client({ connectionString: url, application_name: 'salvor:queue' })
  client.on('error', () => {})
  await client.connect()
  try {
    // A role that may create nothing leaves BullMQ's tables to the store's owner, who runs `salvor migrate`.
    const { rows } = await client.query<{ may: boolean }>(
      "SELECT has_database_privilege(current_database(), 'CREATE') AS may",
    )
    if (rows[0]?.may) await runMigrations(client, schema)
  } finally {
    await client.end()
  }
  const connection = () => ({ connectionString: url, schema, max: 4, application_name: 'salvor:queue' })
  return {
    openQueue: (name) =>
      listen(new Queue(name, { connection: connection() }, createPostgresBackend) as unknown as Queue<WakeupData>, log),
    openWorker: (name, process, concurrency) =>
      listen(
        new Worker<WakeupData>(
          name,
          (wakeup) => process(wakeup.data.job),
          { ...workerSettings, concurrency, connection: connection() as never },
          createPostgresBackend as never,
        ),
        log,
      ),
    close: async () => {},
  }
}

/** An emitter without a listener for `error` ends the process. */
function listen<T extends Queue<WakeupData> | Worker<WakeupData>>(emitter: T, log: Log): T {
  ;(emitter as Worker<WakeupData>).on('error', (error: Error) =>
    log.debug({ error: error.message }, 'the queue is away'),
  )
  return emitter
}
