import { writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { play } from '../support/decision-acts.ts'
import { acts } from '../support/decision-sequences.ts'
import { createMemoryWorld } from '../support/memory-world.ts'

/** `npm run prove:approvals` plays many more and keeps what came of them. */
const sequences = Number(process.env.PROVE_IN_MEMORY ?? 2_000)

it('whatever is clicked, said, replayed or guessed in whatever order, nothing runs that was not approved, and no job is stranded', async () => {
  const seed = Number(process.env.SEED ?? Date.now() % 1_000_000_000)
  const sum = { sequences: 0, acts: 0, executed: 0 }
  const began = performance.now()
  await fc.assert(
    fc.asyncProperty(acts, async (sequence) => {
      const { acts: played, executed } = await play(createMemoryWorld(), sequence)
      sum.sequences += 1
      sum.acts += played
      sum.executed += executed
    }),
    { numRuns: sequences, seed, endOnFailure: true },
  )
  const result = { where: 'memory', seed, ...sum, seconds: Math.round((performance.now() - began) / 1000) }
  process.stdout.write(`${JSON.stringify(result)}\n`)
  if (process.env.PROVE_OUT) writeFileSync(`${process.env.PROVE_OUT}/memory.json`, JSON.stringify(result))
  // A walk that never reaches what destroys would prove nothing.
  expect(sum.executed).toBeGreaterThan(sequences / 4)
}, 3_600_000)
