import { describe, expect, it } from 'vitest'
import { channel } from '../support/night.ts'
import { until } from '../support/until.ts'
import {
  askForRestore,
  damage,
  type FaultNight,
  findAsked,
  nextRestore,
  seeThrough,
  useFaultNight,
} from './support/fault-night.ts'
import { expectOneTruth } from './support/one-truth.ts'

describe.each(['http', 'socket'] as const)('Slack is away, over %s', { timeout: 300_000 }, (transport) => {
  const tonight = useFaultNight({ transport })

  it('during the whole load: the recovery goes on, the thread catches up in order, nothing is said twice', async () => {
    const night = tonight()
    const job = await nextRestore(night)
    const asked = { job, ...(await damage(night)) }
    const reached = night.target.hold(/^COPY public\.orders /, new RegExp(`^salvor:${job}/load:1:`))
    await askForRestore(night, job)
    const held = await reached
    night.slack.faults.outage(true)
    held.release()
    await until('the question for the approval', () => findAsked(night, job), 60_000)
    expect(listKinds(night, job)).not.toContain('ask')
    night.slack.faults.outage(false)
    // A press that reaches Slack before the bot is connected again is answered by nobody, as in life.
    if (transport === 'socket') await until('the sockets', () => night.slack.socketCount() === 2, 60_000)
    expect(await seeThrough(night, job)).toBe('succeeded')
    await expectOneTruth(night, asked)
    expect(listKinds(night, job)).toEqual(['card', 'ask', 'decision', 'outcome'])
  })

  it('answers that are lost on the way make no second message', async () => {
    const night = tonight()
    const job = await nextRestore(night)
    const asked = { job, ...(await damage(night)) }
    night.slack.faults.dropAnswer('chat.postMessage', 3)
    await askForRestore(night, job)
    expect(await seeThrough(night, job)).toBe('succeeded')
    await expectOneTruth(night, asked)
    expect(listKinds(night, job)).toEqual(['card', 'ask', 'decision', 'outcome'])
  })
})

/** What the thread holds of a job, oldest first. */
function listKinds(night: FaultNight, job: string): string[] {
  const thread = night.slack.thread(channel, night.rootTs())
  const begins = thread.findIndex((one) => one.text.includes(`${job} · `))
  return thread.slice(begins).map(({ text }) => {
    if (text.includes(`${job}: orders-db holds`)) return 'outcome'
    if (/approved what was shown/.test(text)) return 'decision'
    if (text.includes(`${job} · `)) return 'card'
    return /approval of the switch/.test(text) ? 'ask' : text
  })
}
