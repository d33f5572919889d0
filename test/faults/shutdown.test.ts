import { describe, expect, it } from 'vitest'
import { SHUTDOWN_MS } from '../../src/shut-down.ts'
import { isAlive } from '../support/processes.ts'
import { until } from '../support/until.ts'
import { askForRestore, damage, type FaultNight, nextRestore, openFaultNight } from './support/fault-night.ts'

/** Each takes something away that a process talks to all the time. */
const losses: { readonly gone: string; readonly take: (night: FaultNight) => void | Promise<void> }[] = [
  { gone: 'nothing', take: () => {} },
  {
    gone: 'the store, silently',
    take: (night) => night.front.stall(true),
  },
  {
    gone: 'the store, refusing',
    take: async (night) => {
      await night.front.refuse(true)
      night.front.cut()
    },
  },
  { gone: 'Redis', take: (night) => night.redis.crash() },
  { gone: 'Slack', take: (night) => night.slack.faults.outage(true) },
  { gone: 'the target, silently', take: (night) => night.target.stall(true) },
]

describe('a process that is asked to end is gone in time', { timeout: 300_000 }, () => {
  it(`the limit is below 25 s`, () => expect(SHUTDOWN_MS).toBeLessThan(25_000))

  it.each(losses)('with $gone gone, in the middle of a load', async ({ take }) => {
    const night = await openFaultNight()
    try {
      const job = await nextRestore(night)
      await damage(night)
      const reached = night.target.hold(/^COPY public\.orders /, new RegExp(`^salvor:${job}/load:1:`))
      await askForRestore(night, job)
      const held = await reached
      await take(night)
      const asked = performance.now()
      const pids = [night.role('bot').pid, night.role('worker').pid]
      for (const pid of pids) process.kill(pid, 'SIGTERM')
      await until('the end of both', () => pids.every((pid) => !isAlive(pid)), 25_000)
      expect(performance.now() - asked).toBeLessThan(SHUTDOWN_MS * 2)
      held.drop()
    } finally {
      night.front.stall(false)
      night.target.stall(false)
      await night.close()
    }
  })
})
