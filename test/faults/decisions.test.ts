import { writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { openLanes } from './support/lanes.ts'
import { expectWholeJournal } from './support/one-truth.ts'
import { laneActs, playLane } from './support/play-lane.ts'

/** `npm run prove:approvals` plays many more, and keeps what came of them. */
const sequences = Number(process.env.PROVE_IN_RESTARTS ?? 4)
/** None is begun later than so many seconds after the first. */
const withinSeconds = Number(process.env.PROVE_SECONDS ?? 3_600)
const lanes = Math.min(sequences, Number(process.env.PROVE_LANES ?? 4))

it('whatever is pressed and said while bot, worker and runners are killed, nothing runs that was not approved, and no job is stranded', async () => {
  const seed = Number(process.env.SEED ?? Date.now() % 1_000_000_000)
  const sum = { sequences: 0, acts: 0, kills: 0, executed: 0 }
  const began = performance.now()
  const world = await openLanes(lanes)
  const isLate = () => performance.now() - began > withinSeconds * 1000
  const left = [...fc.sample(laneActs, { numRuns: sequences, seed }).entries()]
  await Promise.all(
    world.lanes.map(async (lane) => {
      for (let next = left.shift(); next !== undefined && !isLate(); next = left.shift()) {
        const [number, acts] = next
        const played = await playLane(world, lane, acts).catch((error: unknown) => {
          throw new Error(`seed ${seed}, sequence ${number}: ${JSON.stringify(acts)}`, { cause: error })
        })
        sum.sequences += 1
        for (const key of ['acts', 'kills', 'executed'] as const) sum[key] += played[key]
      }
    }),
  )
  await expectWholeJournal(world.night)
  expect(await world.night.query('SELECT * FROM salvor.locks')).toEqual([])
  // Who was killed acknowledges nothing.
  expect(world.night.slack.violations.filter(({ kind }) => kind !== 'not_acknowledged')).toEqual([])
  await world.close()
  const result = { seed, ...sum, seconds: Math.round((performance.now() - began) / 1000) }
  process.stdout.write(`${JSON.stringify({ where: 'restarts', ...result })}\n`)
  if (process.env.PROVE_OUT) writeFileSync(`${process.env.PROVE_OUT}/restarts.json`, JSON.stringify(result))
  expect(sum.kills).toBeGreaterThan(sum.sequences / 2)
  expect(sum.executed).toBeGreaterThan(sum.sequences / 4)
}, 7_200_000)
