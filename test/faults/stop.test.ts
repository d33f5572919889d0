import { describe, expect, it } from 'vitest'
import { channel } from '../support/night.ts'
import { adminUrl } from '../support/postgres.ts'
import { sessionsOf } from '../support/processes.ts'
import { until } from '../support/until.ts'
import {
  approveAs,
  askForRestore,
  awaitCard,
  damage,
  type FaultNight,
  nextRestore,
  readOid,
  seeThrough,
  useFaultNight,
} from './support/fault-night.ts'
import {
  expectContent,
  expectLiveUntouched,
  expectNothingLeft,
  expectOneTruth,
  expectTrueThread,
  expectWholeJournal,
} from './support/one-truth.ts'

/** From the word to the stop that the store tells, in milliseconds. */
const CONFIRMED_MS = 5_000

const say = (night: FaultNight, words: string) => night.slack.as('alice').says(`/recover ${words}`, { channel })

async function stopAndTime(night: FaultNight, job: string): Promise<number> {
  const began = performance.now()
  await say(night, `stop ${job}`)
  await until(`${job} at rest`, async () => /stopped|succeeded/.test((await night.jobState(job)) ?? ''), 30_000)
  return performance.now() - began
}

describe('a stop is for real', { timeout: 300_000 }, () => {
  const tonight = useFaultNight()

  it('in the middle of a load it is confirmed within 5 s, with sessions and processes gone', async () => {
    const night = tonight()
    const job = await nextRestore(night)
    const asked = { job, ...(await damage(night)) }
    const reached = night.target.hold(/^COPY public\.orders /, new RegExp(`^salvor:${job}/load:1:`))
    await askForRestore(night, job)
    await reached
    expect(await stopAndTime(night, job)).toBeLessThan(CONFIRMED_MS)
    expect(await sessionsOf(adminUrl(), new RegExp(`^salvor:${job}/`))).toEqual([])
    expect(night.processes().filter((one) => /pg_restore/.test(one.argv[0] ?? ''))).toEqual([])
    await expectNothingLeft(night, job)
    await expectTrueThread(night, asked, new RegExp(`⏹ ${job} stopped`))
    await expectLiveUntouched(night, asked)
    await say(night, `stop ${job}`)
    await until('the side database put away', async () => (await night.databases()).length === 1)
    await expectWholeJournal(night)
  })

  it('fired at any moment it leaves live untouched, nothing at work, and a job that can be resumed', async () => {
    const night = tonight()
    for (let round = 1; round <= 6; round += 1) {
      const wait = Math.round(Math.random() * 5_000)
      const job = await nextRestore(night)
      const asked = { job, ...(await damage(night)) }
      await askForRestore(night, job)
      await new Promise((resolve) => setTimeout(resolve, wait))
      const took = await stopAndTime(night, job)
      expect(took, `stopped ${wait} ms after it was asked for`).toBeLessThan(CONFIRMED_MS)
      await expectNothingLeft(night, job)
      await expectLiveUntouched(night, asked)
      const unfinished = `SELECT name, state FROM salvor.steps WHERE job = $1 AND state NOT IN ('waiting', 'done')`
      expect(await night.query(unfinished, [job]), `after ${wait} ms`).toEqual([])
      if (round < 6) continue
      await say(night, `resume ${job}`)
      await until('the job at work again', async () => (await night.jobState(job)) !== 'stopped')
      expect(await seeThrough(night, job)).toBe('succeeded')
      await expectContent(night)
      expect(await readOid(night.database)).not.toBe(asked.liveOid)
    }
    await expectWholeJournal(night)
  })

  it('racing the switch it ends on one side of it, and says on which', async () => {
    const night = tonight()
    for (let round = 1; round <= 3; round += 1) {
      const wait = Math.round(Math.random() * 2_500)
      const job = await nextRestore(night)
      const asked = { job, ...(await damage(night)) }
      await askForRestore(night, job)
      const card = await awaitCard(night, job)
      await approveAs(night, 'bob', card.code)
      await new Promise((resolve) => setTimeout(resolve, wait))
      await stopAndTime(night, job)
      const state = await night.jobState(job)
      expect(['stopped', 'succeeded'], `stopped ${wait} ms after the approval`).toContain(state)
      if (state === 'succeeded') await expectOneTruth(night, asked)
      else {
        await expectLiveUntouched(night, asked)
        await expectNothingLeft(night, job)
        await expectTrueThread(night, asked, new RegExp(`⏹ ${job} stopped`))
      }
    }
  })
})
