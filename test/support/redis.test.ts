import { Redis } from 'ioredis'
import { afterEach, expect, test } from 'vitest'
import { isAlive } from './processes.ts'
import { type OwnRedis, redisUrl, startOwnRedis } from './redis.ts'
import { until } from './until.ts'

const open: OwnRedis[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((redis) => redis.remove()))
})

async function ask<T>(url: string, work: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(url)
  client.on('error', () => {})
  return work(client).finally(() => client.disconnect())
}

test('a crash with an append-only file loses nothing that was answered, at the same address', async () => {
  const redis = await startOwnRedis()
  open.push(redis)
  // The answer to a write is sent after the file was written to, and a crashed process takes no page cache with it.
  await ask(redis.url, (client) => client.set('kept', 'yes'))
  const first = redis.pid()
  await redis.restart()
  expect(isAlive(first)).toBe(false)
  expect(await ask(redis.url, (client) => client.get('kept'))).toBe('yes')
})

test('a crash without an append-only file loses everything', async () => {
  const redis = await startOwnRedis({ appendonly: false })
  open.push(redis)
  await ask(redis.url, (client) => client.set('kept', 'yes'))
  await redis.restart()
  expect(await ask(redis.url, (client) => client.get('kept'))).toBeNull()
})

test('the shared Redis never evicts and asks for its password', async () => {
  expect(await ask(redisUrl(), (client) => client.config('GET', 'maxmemory-policy'))).toMatchObject(
    expect.arrayContaining(['noeviction']),
  )
  const nobody = new Redis(redisUrl().replace(/\/\/.*@/, '//'))
  nobody.on('error', () => {})
  await until('the refusal', async () =>
    (await nobody.ping().catch((error: Error) => error.message)).includes('NOAUTH'),
  )
  nobody.disconnect()
})
