import { expect, test } from 'vitest'
import { LISTED } from '../../../jobs/verify/describe-findings.ts'
import { verify } from '../../../jobs/verify/index.ts'
import type { Compared } from '../../../jobs/verify/params.ts'
import { finding } from '../../../src/domain/finding-texts.ts'
import type { JobView } from '../../../src/domain/view.ts'
import { makeStep } from '../../slack/support/world.ts'
import { fakeJob } from '../../support/fakes/views.ts'

const tally = { proven: 1_200, total: 1_204 }
const differs = (index: number): Compared['differing'][number] => ({
  ...{ subject: 'table', name: `public.t${index}`, verdict: 'differs', expected: 43_750, found: 20_765 },
  why: finding('rows_fewer', { count: 22_985 }),
})

function verifyFinding(differing: Compared['differing'], more = 0): JobView {
  const output: Compared = {
    ...{ database: 'orders', against: 'd-0130', at: '2026-03-01T03:06:00Z', seconds: 1 },
    ...{ tables: tally, definitions: tally, sequences: tally, properties: tally, checks: { passed: 0, total: 0 } },
    ...{ differing, unproven: [], notComparable: [], noticed: [], rowsByTable: {} },
    more: { differing: more, unproven: 0, notComparable: 0, noticed: 0 },
  }
  const job = fakeJob({ id: 'verify-2', kind: 'verify', state: 'failed', lockTarget: null })
  return {
    job,
    steps: [makeStep({ name: 'compare', state: 'done', output: output as never })],
    approvals: [],
    accepted: [],
    asks: [],
  }
}

test('what the card has no room for stands in a file that the card names', () => {
  const view = verifyFinding(Array.from({ length: LISTED + 2 }, (_, index) => differs(index)))
  const { lines } = verify.card(view)
  const file = verify.document?.(view)
  expect(file?.name).toBe('verify-2.txt')
  expect(lines.filter((line) => line.includes('public.t'))).toHaveLength(LISTED)
  expect(lines).toContainEqual(expect.stringMatching(/and 2 more, in verify-2\.txt/))
  for (let index = 0; index < LISTED + 2; index += 1) expect(file?.text).toContain(`public.t${index}: `)
})

test('a value that the card cuts stands there in full', () => {
  const long = `id integer, ${'x'.repeat(100)}`
  const cut = verifyFinding([{ ...differs(1), expected: long, found: `${long} NOT NULL` }])
  expect(verify.document?.(cut)?.text).toContain(`${long} NOT NULL`)
})

test('where the card shows everything there is no file, and no word of one', () => {
  const view = verifyFinding([differs(1)])
  expect(verify.document?.(view)).toBeNull()
  expect(verify.card(view).lines.join('\n')).not.toContain('verify-2.txt')
})

test('what was never kept is counted there as well', () => {
  const view = verifyFinding(
    Array.from({ length: LISTED + 1 }, (_, index) => differs(index)),
    1_000,
  )
  expect(verify.document?.(view)?.text).toContain('1,000 more')
})

test('numbers are written as people read them', () => {
  const { lines } = verify.card(verifyFinding([differs(1)]))
  expect(lines[0]).toContain('1,200 of 1,204 tables')
  expect(lines[1]).toMatch(/22,985 .*43,750.*20,765/)
})
