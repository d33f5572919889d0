import { setTimeout as delay } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { describe, expect, it } from 'vitest'
import { until } from '../support/until.ts'
import { askForRestore, awaitCard, damage, nextRestore, seeThrough, useFaultNight } from './support/fault-night.ts'
import { expectOneTruth } from './support/one-truth.ts'

describe('Redis is only the alarm clock', { timeout: 300_000 }, () => {
  const tonight = useFaultNight()

  const start = async () => {
    const night = tonight()
    const job = await nextRestore(night)
    const asked = { job, ...(await damage(night)) }
    const reached = night.target.hold(/^COPY public\.orders /, new RegExp(`^salvor:${job}/load:`))
    await askForRestore(night, job)
    return { night, job, asked, held: await reached }
  }

  it('FLUSHALL in the middle of a load loses nothing', async () => {
    const { night, job, asked, held } = await start()
    const redis = new Redis(night.redis.url)
    await redis.flushall()
    redis.disconnect()
    held.release()
    expect(await seeThrough(night, job)).toBe('succeeded')
    await expectOneTruth(night, asked)
  })

  it('a Redis that is away for 12 s stops nothing: the job reaches its card meanwhile', async () => {
    const { night, job, asked, held } = await start()
    await night.kill('redis')
    const away = delay(12_000)
    held.release()
    await awaitCard(night, job)
    await away
    await night.bringBack('redis')
    expect(await seeThrough(night, job)).toBe('succeeded')
    await expectOneTruth(night, asked)
  })

  it('a whole restore can be asked for, approved and done without it', async () => {
    const night = tonight()
    await night.kill('redis')
    const job = await nextRestore(night)
    const asked = { job, ...(await damage(night)) }
    await askForRestore(night, job)
    expect(await seeThrough(night, job)).toBe('succeeded')
    await expectOneTruth(night, asked)
    await night.bringBack('redis')
    await until('the worker hears Redis again', async () => (await pingWorkers(night.redis.url)) > 0)
  })
})

/** Clients that wait for wakeups. */
async function pingWorkers(url: string): Promise<number> {
  const redis = new Redis(url)
  const clients = String(await redis.client('LIST'))
  redis.disconnect()
  return clients.split('\n').filter((line) => /cmd=bzpopmin/.test(line)).length
}
