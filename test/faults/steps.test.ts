import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { askForRestore, damage, nextRestore, seeThrough, useFaultNight, type Victim } from './support/fault-night.ts'
import { expectOneTruth } from './support/one-truth.ts'

/** Where each step is caught in the middle of its work: at which connection, before which statement. */
const middles = [
  { step: 'choose', at: 'front', before: /move_step.*\boutput\b/, victims: ['worker', 'redis', 'bot'] },
  { step: 'preflight', at: 'target', before: /pg_control_system/, victims: ['worker', 'runner', 'redis', 'bot'] },
  { step: 'create', at: 'target', before: /^COMMENT ON DATABASE/, victims: ['worker', 'redis', 'bot'] },
  { step: 'load', at: 'target', before: /^COPY public\.orders /, victims: ['worker', 'runner', 'redis', 'bot'] },
  { step: 'analyze', at: 'target', before: /^ANALYZE/, victims: ['worker', 'redis', 'bot'] },
  { step: 'verify', at: 'target', before: /count\(\*\)::text AS rows/, victims: ['worker', 'redis', 'bot'] },
  { step: 'switch', at: 'target', before: /RENAME TO/, victims: ['worker', 'runner', 'redis', 'bot'] },
] as const

/** The work is done, the store does not know it yet. */
const ends = [
  { step: 'preflight', victim: 'runner' },
  { step: 'create', victim: 'worker' },
  { step: 'load', victim: 'runner' },
  { step: 'analyze', victim: 'worker' },
  { step: 'verify', victim: 'worker' },
] as const

const cases = middles.flatMap(({ victims, ...middle }) =>
  victims.map((victim) => ({ ...middle, victim: victim as Victim })),
)

describe('kill -9 in the middle of a step', { timeout: 300_000 }, () => {
  const tonight = useFaultNight()

  it.each(cases)('of the $victim in $step ends in one correct database', async ({ step, at, before, victim }) => {
    const night = tonight()
    const job = await nextRestore(night)
    const found = await damage(night)
    const proxy = at === 'front' ? night.front : night.target
    const reached = proxy.hold(before, new RegExp(`^salvor:(lease:)?${job}/${step}(:|$)`))
    await askForRestore(night, job)
    const end = seeThrough(night, job)
    const held = await reached
    await night.kill(victim, job)
    held.release()
    // How long Redis is away; the others are brought back at once, as a supervisor does.
    if (victim === 'redis') await delay(2_000)
    await night.bringBack(victim)
    expect(await end).toBe('succeeded')
    await expectOneTruth(night, { job, ...found })
  })

  it.each(ends)('of the $victim before it says that $step is done leads to a new attempt', async ({ step, victim }) => {
    const night = tonight()
    const job = await nextRestore(night)
    const found = await damage(night)
    const reached = night.front.hold(/move_step.*\boutput\b/, new RegExp(`^salvor:lease:${job}/${step}$`))
    await askForRestore(night, job)
    const held = await reached
    await night.kill(victim, job)
    held.drop()
    await night.bringBack(victim)
    expect(await seeThrough(night, job)).toBe('succeeded')
    const [row] = await night.query('SELECT attempt FROM salvor.steps WHERE id = $1', [`${job}/${step}`])
    expect(row).toEqual({ attempt: 2 })
    await expectOneTruth(night, { job, ...found })
  })
})
