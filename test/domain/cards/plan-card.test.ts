import { expect, test } from 'vitest'
import { buildDryRunCard } from '../../../src/domain/cards/plan-card.ts'
import type { DryRunStep } from '../../../src/domain/dry-run.ts'

const step = (position: number, problem: string | null = null): DryRunStep => ({
  ...{ position, title: `step ${position}`, tier: null, owner: [], people: [], after: [], lock: null, parts: [] },
  ...{ back: '', estimate: null, problem },
})
const offered = (...steps: DryRunStep[]) =>
  JSON.stringify(buildDryRunCard({ procedure: 'full', title: 'Full', steps }).rows.at(-1)).match(/run full[^`]*/g)

test('a dry run offers only what `run` takes: all of it, from behind what nobody can do, or nothing', () => {
  expect(offered(step(1), step(2))).toEqual(['run full'])
  expect(offered(step(1, 'x'), step(2), step(3, 'x'), step(4))).toEqual(['run full --from 4'])
  expect(offered(step(1), step(2, 'x'))).toBeNull()
})
