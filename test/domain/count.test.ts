import { expect, test } from 'vitest'
import { writeCount } from '../../src/domain/count.ts'
import { describeFindingMessage, finding } from '../../src/domain/finding-texts.ts'

test.each([
  [0, '0'],
  [999, '999'],
  [149_755, '149,755'],
  ['9223372036854775807', '9,223,372,036,854,775,807'],
  ['-1500', '-1,500'],
  ['its start', 'its start'],
])('%j is written as %s', (count, text) => {
  expect(writeCount(count)).toBe(text)
})

test('findings count with separators, and leave names alone', () => {
  const said = describeFindingMessage(
    finding('sequence_behind', { next: '1500', column: 'orders.id2000', value: 2500 }),
  )
  expect(said).toMatch(/1,500.*orders\.id2000.*2,500/)
})
