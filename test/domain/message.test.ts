import { expect, test } from 'vitest'
import { describeFailure, SalvorError } from '../../src/domain/errors/fail.ts'
import { describeFindingMessage, finding } from '../../src/domain/finding-texts.ts'
import { fillIn } from '../../src/domain/message.ts'

test('an error whose text names a fact does not compile without it', () => {
  // @ts-expect-error the text names {backup}
  expect(new SalvorError('archive_truncated', {}).message).toContain('{backup}')
  // @ts-expect-error the text names facts, so they cannot be left out
  expect(new SalvorError('archive_corrupt').message).toContain('{')
  expect(new SalvorError('archive_truncated', { backup: 'd-0130' }).message).not.toContain('{')
})

test('a finding whose text names a fact does not compile without it', () => {
  // @ts-expect-error the text names {count}
  expect(describeFindingMessage(finding('rows_fewer', {}))).toContain('{count}')
  expect(finding('rows_fewer', { count: 3 })).toEqual({ code: 'rows_fewer', facts: { count: 3 } })
})

test('facts that bear the names of inherited properties fill nothing', () => {
  expect(fillIn('{constructor} {toString} {a}', { a: 1 })).toBe('{constructor} {toString} 1')
})

test('a stored failure keeps its facts, redacted', () => {
  const thrown = new SalvorError('archive_corrupt', { backup: 'd-0130', seen: 'password=hunter2' })
  const failure = describeFailure(thrown, (text) => text.replace('hunter2', '•••'))
  expect(failure).toMatchObject({ code: 'archive_corrupt', facts: { backup: 'd-0130', seen: 'password=•••' } })
})
