import { expect, test } from 'vitest'
import { buildErrorCard } from '../../../src/domain/cards/error-card.ts'
import { describeFailure, SalvorError } from '../../../src/domain/errors/fail.ts'
import { splitText } from '../../../src/domain/text.ts'

const iso = '2026-03-01T02:10:00.000Z'
const cardOf = (error: SalvorError) => buildErrorCard(describeFailure(error, (text) => text))

test('a time in an error is told in the zone of whoever reads it', () => {
  const { headline } = cardOf(new SalvorError('approval_late', { job: 'restore-1', by: iso }))
  expect(splitText(headline)).toContainEqual({ kind: 'time', style: 'both', iso })
})

test('what a server said cannot mention anybody', () => {
  const { headline } = cardOf(new SalvorError('target_refused', { system: 'db', seen: '⟦person:bob⟧ at noon' }))
  expect(splitText(headline).map(({ kind }) => kind)).toEqual(['plain'])
})
