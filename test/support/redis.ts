import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'
import { type LocalRedis, startRedis } from '../../sandbox/bootstrap/index.ts'

/** A Redis that a test may kill and bring back at the same address. */
export type OwnRedis = {
  url: string
  /** The process now running; another one after a restart. */
  pid: () => number
  /** Ends it at once, as a crash does, and waits until it is gone. */
  crash: () => Promise<void>
  /** Starts it again in the same folder at the same address; with an append-only file the content is back. */
  restart: () => Promise<void>
  /** Ends it for good and removes its folder. */
  remove: () => Promise<void>
}

/** Starts a Redis for this test file alone. The run's shared one (redisUrl()) must never be killed or flushed. */
export async function startOwnRedis(options: { appendonly?: boolean } = {}): Promise<OwnRedis> {
  const appendonly = options.appendonly ?? true
  const dir = mkdtempSync(join(inject('runFolder'), 'redis-'))
  chmodSync(dir, 0o711)
  let redis: LocalRedis = await startRedis({ dir, appendonly })
  const { url, port } = redis
  const crash = async () => {
    redis.kill('SIGKILL')
    await redis.stop()
  }
  return {
    url,
    pid: () => redis.pid,
    crash,
    restart: async () => {
      await crash()
      redis = await startRedis({ dir, port, appendonly })
    },
    remove: async () => {
      await crash()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** The run's shared Redis. */
export function redisUrl(): string {
  return inject('redisUrl')
}
