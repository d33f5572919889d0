import { expect, test } from 'vitest'
import { approvalWhy, describeWhy } from '../../src/domain/approval-why.ts'
import { type ErrorCode, errorCatalogue } from '../../src/domain/errors/catalogue.ts'
import { messageOf } from '../../src/domain/errors/error-message.ts'
import { describeFailure, SalvorError } from '../../src/domain/errors/fail.ts'
import { describeFindingMessage, finding } from '../../src/domain/finding-texts.ts'
import { fillIn, isSameMessage } from '../../src/domain/message.ts'
import { describeWaiting, waitsFor } from '../../src/domain/waiting.ts'

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

test('what is waited for, and why a card ended, do not compile without their facts', () => {
  // @ts-expect-error the text names {job}
  expect(describeWaiting(waitsFor('lock', { target: 'database:orders' }))).toContain('{job}')
  // @ts-expect-error there is no such reason
  expect(describeWaiting(waitsFor('because'))).toBe('because')
  // @ts-expect-error the text names {before}
  expect(describeWhy([approvalWhy('rows_lost', { table: 'orders', now: 3 })])).toContain('{before}')
})

test('reasons of a card and errors, which may stand in one list, have no code in common', () => {
  const error = new SalvorError('transaction_open', { xid: '7', job: 'fix-1' })
  expect(describeWhy([approvalWhy('job_stopped'), messageOf(error)])).toBe(`the job was stopped; ${error.message}`)
  const known = Object.keys(errorCatalogue).filter(
    (code) => describeWhy([{ code, facts: {} }]) !== errorCatalogue[code as ErrorCode].says,
  )
  expect(known).toEqual([])
})

test('two messages are the same by code and facts, in whatever order these are kept', () => {
  const lock = waitsFor('lock', { target: 'orders', job: 'fix-1' })
  expect(isSameMessage(lock, waitsFor('lock', { job: 'fix-1', target: 'orders' }))).toBe(true)
  expect(isSameMessage(lock, waitsFor('lock', { target: 'orders', job: 'fix-2' }))).toBe(false)
  expect([isSameMessage(lock, null), isSameMessage(null, null)]).toEqual([false, true])
})

test('facts that bear the names of inherited properties fill nothing', () => {
  expect(fillIn('{constructor} {toString} {a}', { a: 1 })).toBe('{constructor} {toString} 1')
})

test('a stored failure keeps its facts, redacted', () => {
  const thrown = new SalvorError('archive_corrupt', { backup: 'd-0130', seen: 'password=hunter2' })
  const failure = describeFailure(thrown, (text) => text.replace('hunter2', '•••'))
  expect(failure).toMatchObject({ code: 'archive_corrupt', facts: { backup: 'd-0130', seen: 'password=•••' } })
})
