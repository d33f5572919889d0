import { describe, expect, it } from 'vitest'
import { channel } from '../support/night.ts'
import { until } from '../support/until.ts'
import {
  approveAs,
  askForRestore,
  awaitCard,
  damage,
  type FaultNight,
  findAsked,
  nextRestore,
  seeThrough,
  useFaultNight,
} from './support/fault-night.ts'
import { expectOneTruth } from './support/one-truth.ts'

describe('kill -9 of the bot at its own edges', { timeout: 300_000 }, () => {
  const tonight = useFaultNight()

  const countApprovals = async (night: FaultNight, job: string) => {
    const sql = `SELECT count(*)::int AS n FROM salvor.events WHERE job = $1 AND type = 'approval_granted'`
    return (await night.query<{ n: number }>(sql, [job]))[0]?.n
  }

  it.each(['hold', 'after'] as const)(
    'while it takes an approval (%s): pressed again, it counts once',
    async (kind) => {
      const night = tonight()
      const job = await nextRestore(night)
      const asked = { job, ...(await damage(night)) }
      await askForRestore(night, job)
      const card = await awaitCard(night, job)
      const reached = night.front[kind](/INSERT INTO salvor\.decisions/, /^salvor:bot$/)
      await approveAs(night, 'bob', card.code)
      const held = await reached
      await night.kill('bot')
      held.drop()
      await night.bringBack('bot')
      expect(await night.jobState(job)).toBe('awaiting_approval')
      await approveAs(night, 'bob', card.code)
      expect(await seeThrough(night, job)).toBe('succeeded')
      await expectOneTruth(night, asked)
      expect(await countApprovals(night, job)).toBe(1)
    },
  )

  it('while it posts the card: Slack has it, the answer never came, and it is not posted twice', async () => {
    const night = tonight()
    const job = await nextRestore(night)
    const asked = { job, ...(await damage(night)) }
    const reached = night.target.hold(/^ANALYZE/, new RegExp(`^salvor:${job}/analyze:`))
    await askForRestore(night, job)
    const held = await reached
    night.slack.faults.dropAnswer('chat.postMessage', 1)
    const cardsOf = () =>
      night.slack.thread(channel, night.rootTs()).filter((one) => /pprove/.test(one.text) && one.text.includes(job))
    held.release()
    await until('the question for the approval', () => findAsked(night, job), 60_000)
    await night.slack.waitFor('the card', () => cardsOf().length > 0, 30_000)
    await night.kill('bot')
    await night.bringBack('bot')
    expect(await seeThrough(night, job)).toBe('succeeded')
    await expectOneTruth(night, asked)
    const asks = night.slack
      .thread(channel, night.rootTs())
      .filter((one) => one.text.includes(job) && /approval of the switch/.test(one.text))
    expect(asks).toHaveLength(1)
  })
})
