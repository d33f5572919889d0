import { expect, it } from 'vitest'
import { type ApprovalSubject, digestApproval, isOfItsDigest } from '../../src/domain/approval.ts'
import { warning } from '../../src/domain/approval-warnings.ts'
import { makeApproval } from '../slack/support/world.ts'

const subject: Required<ApprovalSubject> = {
  accepted: [],
  warnings: [warning('live_gone', { live: 'orders', old: 'orders_old_1' })],
  action: 'the switch of orders-db',
  verb: 'switch',
  target: 'orders-db: orders (OID 5)',
  from: 'd-0130, taken 2026-03-01T01:30:00.000Z',
  proven: '3 of 4 tables',
  unproven: 'public.notes',
  lost: 'orders: 3 new',
  returns: 'orders: 5 rows deleted since',
  ownCommands: true,
  does: ['ALTER DATABASE orders RENAME TO orders_old_1'],
  back: 'Undo; orders_old_1 kept for 7d',
  details: ['Backup full-1'],
  ceiling: { 'public.orders': 3 },
  loss: { tables: [], sequences: [], objects: [], compared: 4 },
  binds: { oid: 5 },
}
const of = { job: 'restore-1', step: 'switch', attempt: 1, planDigest: 'p' }

const others: { [Key in keyof ApprovalSubject]-?: ApprovalSubject[Key] } = {
  accepted: [{ step: 'verify', by: 'eve', reason: 'x', at: '2026-11-30T00:00:00.000Z', digest: 'a' } as never],
  warnings: [warning('live_gone', { live: 'payroll', old: 'orders_old_1' })],
  action: 'the switch of payroll',
  verb: 'try',
  target: 'orders-db: orders (OID 6)',
  from: 'd-0129, taken 2026-03-01T01:29:00.000Z',
  proven: '4 of 4 tables',
  unproven: 'none',
  lost: 'nothing',
  returns: 'orders: 6 rows deleted since',
  ownCommands: undefined as never,
  does: ['ALTER DATABASE orders RENAME TO orders_old_2'],
  back: 'Undo',
  details: ['Backup full-2'],
  ceiling: { 'public.orders': 4 },
  loss: { tables: [], sequences: [], objects: [], compared: 3 },
  binds: { oid: 6 },
}

it.each(Object.keys(others) as (keyof ApprovalSubject)[])('binds what the card says: %s', (key) => {
  const other = digestApproval({ ...of, subject: { ...subject, [key]: others[key] } })
  expect(other).not.toBe(digestApproval({ ...of, subject }))
})

it('knows a row by its digest, in whatever order the store hands it out and whatever jsonb refused of it', () => {
  const odd = { ...subject, proven: 'a\u0000b\ud800', back: '\\u0000' }
  const digest = digestApproval({ ...of, subject: odd })
  const stored = { ...Object.fromEntries(Object.entries(odd).reverse()), proven: 'a\ufffdb\ufffd' } as ApprovalSubject
  const row = makeApproval({ job: 'restore-1', step: 'restore-1/switch', attempt: 1, digest, subject: stored })
  const job = { id: 'restore-1', planDigest: 'p' }
  expect(isOfItsDigest(row, job)).toBe(true)
  for (const change of [{ attempt: 2 }, { step: 'restore-1/load' }, { subject: { ...stored, proven: 'all' } }]) {
    expect(isOfItsDigest({ ...row, ...change }, job)).toBe(false)
  }
  expect(isOfItsDigest(row, { ...job, planDigest: 'another' })).toBe(false)
})
