import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { adminUrl, runSql } from '../support/postgres.ts'
import { isAlive, sessionsOf } from '../support/processes.ts'
import { until } from '../support/until.ts'
import {
  askForRestore,
  awaitCard,
  damage,
  type FaultNight,
  nextRestore,
  seeThrough,
  useFaultNight,
} from './support/fault-night.ts'
import { expectOneTruth } from './support/one-truth.ts'

/** Longer than the 15 s after which the store gives the lease of a silent holder to somebody else. */
const LONG_MS = 20_000

describe('who is silent loses the lease, and never works beside the next one', { timeout: 300_000 }, () => {
  const tonight = useFaultNight()

  const startLoad = async () => {
    const night = tonight()
    const job = await nextRestore(night)
    const asked = { job, ...(await damage(night)) }
    const reached = night.target.hold(/^COPY public\.orders /, new RegExp(`^salvor:${job}/load:1:`))
    await askForRestore(night, job)
    const held = await reached
    return { night, job, asked, held }
  }

  /** Stops the world at the first effect of the second attempt: by then nothing of the first may be left. */
  const seeSecondAttempt = async (night: FaultNight, job: string) => {
    const second = await night.target.hold(/^(CREATE|DROP) DATABASE/, new RegExp(`^salvor:${job}/load:2:`))
    expect(await sessionsOf(adminUrl(), new RegExp(`^salvor:${job}/load:1:`))).toEqual([])
    await until('no pg_restore', () => !night.processes().some((one) => /pg_restore/.test(one.argv[0] ?? '')), 2_000)
    second.release()
  }

  it('a runner that was frozen for 20 s in the load gives up; the next attempt does not overlap it', async () => {
    const { night, job, asked, held } = await startLoad()
    const second = seeSecondAttempt(night, job)
    const pid = await night.runnerPid(job)
    process.kill(pid, 'SIGSTOP')
    const frozen = delay(LONG_MS)
    held.release()
    await frozen
    process.kill(pid, 'SIGCONT')
    await until('the end of the frozen runner', () => !isAlive(pid), 5_000)
    await second
    expect(await seeThrough(night, job)).toBe('succeeded')
    await expectOneTruth(night, asked)
  })

  it('a runner that stays frozen keeps nobody from going on', async () => {
    const { night, job, asked, held } = await startLoad()
    const second = seeSecondAttempt(night, job)
    const pid = await night.runnerPid(job)
    process.kill(pid, 'SIGSTOP')
    held.release()
    await second
    expect(await seeThrough(night, job, 90_000)).toBe('succeeded')
    if (isAlive(pid)) process.kill(pid, 'SIGCONT')
    await expectOneTruth(night, asked)
  })

  it('a worker that was frozen for 20 s in a step of its own gives it up', async () => {
    const night = tonight()
    const job = await nextRestore(night)
    const asked = { job, ...(await damage(night)) }
    const reached = night.target.hold(/count\(\*\)::text AS rows/, new RegExp(`^salvor:${job}/verify:1:`))
    await askForRestore(night, job)
    const held = await reached
    const { pid } = night.role('worker')
    process.kill(pid, 'SIGSTOP')
    await delay(LONG_MS)
    process.kill(pid, 'SIGCONT')
    held.release()
    expect(await seeThrough(night, job)).toBe('succeeded')
    await expectOneTruth(night, asked)
  })

  it('a runner whose lease session is ended by the store stops at once; the load is done again', async () => {
    const { night, job, asked, held } = await startLoad()
    const second = seeSecondAttempt(night, job)
    const pid = await night.runnerPid(job)
    await runSql(
      adminUrl(),
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'salvor:lease:${job}/load'`,
    )
    await until('the end of the runner', () => !isAlive(pid), 5_000)
    held.release()
    await second
    expect(await seeThrough(night, job)).toBe('succeeded')
    await expectOneTruth(night, asked)
  })

  it('a store that is cut off for everybody in the middle of the load is reached again', async () => {
    const { night, job, asked, held } = await startLoad()
    night.front.cut()
    held.release()
    expect(await seeThrough(night, job)).toBe('succeeded')
    await expectOneTruth(night, asked)
  })

  it('a runner that hears nothing from the store ends itself after 8 s, in a silent partition', async () => {
    const { night, job, asked, held } = await startLoad()
    const pid = await night.runnerPid(job)
    const since = performance.now()
    night.front.stall(true)
    await until('the end of the runner', () => !isAlive(pid), 13_000)
    expect(performance.now() - since).toBeGreaterThan(6_000)
    await until('no pg_restore', () => !night.processes().some((one) => /pg_restore/.test(one.argv[0] ?? '')), 2_000)
    night.front.stall(false)
    held.release()
    await awaitCard(night, job)
    expect(await seeThrough(night, job)).toBe('succeeded')
    await expectOneTruth(night, asked)
  })
})
