import { describe, expect, it } from 'vitest'
import { channel } from '../support/night.ts'
import { until } from '../support/until.ts'
import { askForRestore, damage, nextRestore, seeThrough, useFaultNight } from './support/fault-night.ts'
import { expectContent, expectLiveUntouched, expectNothingLeft, expectTrueThread } from './support/one-truth.ts'

/** Three seconds for the step, ten for a connection that nobody takes, and some for a busy machine. */
const LEFT_WITHIN_MS = 25_000

describe('a target that answers nothing any more', { timeout: 300_000 }, () => {
  const tonight = useFaultNight()

  it.each([
    { step: 'create', before: /^CREATE DATABASE/ },
    { step: 'load', before: /^COPY public\.orders / },
    { step: 'verify', before: /count\(\*\)::text AS rows/ },
  ])('holds up no stop during $step; resumed, it comes to its end', async ({ step, before }) => {
    const night = tonight()
    const job = await nextRestore(night)
    const asked = { job, ...(await damage(night)) }
    const reached = night.target.hold(before, new RegExp(`^salvor:${job}/${step}:1:`))
    await askForRestore(night, job)
    const held = await reached
    night.target.stall(true)
    await night.slack.as('alice').says(`/recover stop ${job}`, { channel })
    const atRest = async () => (await night.jobState(job)) === 'stopped'
    await until('the stop', atRest, LEFT_WITHIN_MS)
    night.target.stall(false)
    held.drop()
    await expectNothingLeft(night, job)
    await expectTrueThread(night, asked, new RegExp(`⏹ ${job} stopped`))
    await expectLiveUntouched(night, asked)
    const settle =
      (await night.stepState(job, step)) === 'needs_person' ? ' --settle not-done --reason the network was away' : ''
    await night.slack.as('alice').says(`/recover resume ${job}${settle}`, { channel })
    await until('the job at work again', async () => (await night.jobState(job)) !== 'stopped')
    expect(await seeThrough(night, job)).toBe('succeeded')
    await expectContent(night)
    await expectNothingLeft(night, job)
  })
})
