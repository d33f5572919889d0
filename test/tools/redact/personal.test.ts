import { expect, test } from 'vitest'
import { createRedactor } from '../../../src/tools/redact.ts'

const redact = createRedactor([])

test.each([
  '880101-2345678',
  '880101–2345678',
  '880101 - 2345678',
  '8801012345670',
  '880101 2345670',
  '８８０１０１－２３４５６７８',
  '01012345678',
  '010.1234.5678',
  '０１０－１２３４－５６７８',
  '124-81-00998',
  '110-234-567890',
  '123456-04-123456',
  '3333-01-1234567',
  'DE89 3704 0044 0532 0130 00',
  '123-45-6789',
])('a number of a person, a business or an account goes: %s', (number) => {
  expect(redact(`failed for ${number} twice`)).toMatch(/^failed for ‹[^‹›]+ [0-9a-f]{4}› twice$/)
})

test.each([
  '881301-2345678',
  '8801012345678',
  '1764490000000',
  '2026－11－30',
  '124-81-00999',
  '2026-03-01',
  'base/16384/4111111111111111',
  'DE88370400440532013000',
  '550e8400-e29b-41d4-a716-446655440000',
])('other numbers stay: %s', (number) => {
  expect(redact(`failed for ${number} twice`)).toBe(`failed for ${number} twice`)
})
