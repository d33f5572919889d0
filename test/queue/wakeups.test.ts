import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { silentLog } from '../../src/ports/log.ts'
import { openPostgresBackend, openRedisBackend } from '../../src/queue/backend.ts'
import { createWakeups } from '../../src/queue/wakeups.ts'
import { describeWakeups } from '../contracts/wakeups.ts'
import { createDatabase } from '../support/postgres.ts'
import { redisUrl } from '../support/redis.ts'

describeWakeups('Redis', async () => {
  const backend = openRedisBackend(redisUrl(), silentLog, `test-${randomUUID()}`)
  return { backend, close: () => backend.close() }
})

describeWakeups('PostgreSQL', async () => {
  const database = await createDatabase()
  const backend = await openPostgresBackend(database.url, silentLog)
  return {
    backend,
    close: async () => {
      await backend.close()
      await database.drop()
    },
  }
})

it('a queue that is away loses only time: waking neither throws nor takes long', async () => {
  // Port 1 on loopback refuses every connection.
  const backend = openRedisBackend('redis://127.0.0.1:1', silentLog, 'test')
  const wakeups = createWakeups(backend, silentLog)
  const began = performance.now()
  // Known to be away, it is not waited for again: thirty wakeups cost little more than one.
  for (let eventNo = 1; eventNo <= 30; eventNo++) await wakeups.wake({ job: 'restore-1', eventNo, worker: null })
  expect(performance.now() - began).toBeLessThan(30_000)
  await backend.close()
})
