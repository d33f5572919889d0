import { describe, expect, it } from 'vitest'
import type { Approval } from '../../../src/domain/approval.ts'
import { approvalWhy } from '../../../src/domain/approval-why.ts'
import { buildApprovalCard, buildApprovalDetails, buildWholeCard } from '../../../src/domain/cards/approval-card.ts'
import { makeApproval, makeJob } from '../../slack/support/world.ts'

const now = new Date('2026-03-01T03:07:00Z')
const later = new Date('2026-03-02T00:00:00Z')
const approveBy = '2026-03-01T03:37:00Z'
const decided = (decision: 'approve' | 'reject', reason: string | null = null) => [
  { person: 'bob', decision, reason, at: '2026-03-01T03:09:00Z' },
]
const draw = (of: Partial<Approval> = {}, at = now) =>
  buildApprovalCard(makeApproval({ approveBy, ...of }), makeJob({ state: 'awaiting_approval' }), ['bob', 'dana'], at)
const words = (of: Partial<Approval>, at = now) => JSON.stringify(draw(of, at))

describe('the approval card', () => {
  it('asks with target, proof, loss, effect and the way back', () => {
    const card = draw()
    expect(card.headline).toBe('Approve the switch of orders-db?')
    const facts = card.rows.flatMap((row) => (row.kind === 'fact' ? [`${row.label}: ${row.text}`] : []))
    expect(facts).toEqual([
      'Lost: at most 212 orders',
      'Proven: 14 of 14 tables',
      'Unproven: none',
      'Does: orders → orders_old_1',
      'Back: Undo',
    ])
  })

  it('names job and incident, and what is brought back, also in its window and in Details', () => {
    const { subject } = makeApproval()
    const approval = makeApproval({
      approveBy,
      subject: { ...subject, from: 'd-0130, taken 2026-03-01T01:30:00.000Z' },
    })
    const job = makeJob({ state: 'awaiting_approval' })
    for (const card of [
      buildApprovalCard(approval, job, [], now),
      buildApprovalDetails(approval, job),
      buildWholeCard(approval, job),
    ]) {
      expect(card.rows[0]).toEqual({ kind: 'small', text: expect.stringMatching(/restore-1.*#7.*⟦person:alice⟧/) })
      const text = 'd-0130, taken ⟦time:both:2026-03-01T01:30:00.000Z⟧'
      expect(card.rows[1]).toEqual({ kind: 'fact', label: 'From', text })
    }
  })

  it('keeps what comes back apart from what is lost', () => {
    const { subject } = makeApproval()
    const card = draw({ subject: { ...subject, returns: 'orders: 5 rows deleted since' } })
    const at = card.rows.findIndex((row) => row.kind === 'fact' && row.label === 'Lost')
    expect(card.rows[at + 1]).toEqual({ kind: 'fact', label: 'Comes back', text: 'orders: 5 rows deleted since' })
  })

  it('asks once more with job, incident, backup, what goes and what comes back, however long these are', () => {
    const { subject } = makeApproval()
    const short = { ...subject, from: 'd-0130, taken 2026-03-01T01:30:00.000Z', returns: 'orders: 5 rows' }
    const ask = (of: typeof short) => draw({ subject: of }).buttons[0]?.confirm?.text ?? ''
    expect(ask(short).split('\n')).toEqual([
      'restore-1 of #7: the switch of orders-db to d-0130.',
      'Lost: at most 212 orders',
      'Comes back: orders: 5 rows',
    ])
    const list = Array.from({ length: 40 }, (_, index) => `table_${index} ${index} rows`).join('; ')
    const asked = ask({ ...short, lost: list, returns: list })
    expect(asked.length).toBeLessThanOrEqual(300)
    expect(asked.split('\n').map((line) => line.split(/[:;]/)[0])).toEqual(['restore-1 of #7', 'Lost', 'Comes back'])
    expect(asked.match(/rows …$/gm)).toHaveLength(2)
  })

  it('has buttons that carry the digest of what is shown', () => {
    const { buttons } = draw()
    expect(buttons.map(({ verb, rest }) => `${verb} ${rest}`.trim())).toEqual(['Approve switch', 'Reject', 'Details'])
    expect(buttons.every(({ approval }) => approval?.digest === makeApproval().digest)).toBe(true)
  })

  it('names action, loss and deadline on the lock screen', () => {
    expect(draw().fallback).toBe(
      `⟦person:bob⟧ ⟦person:dana⟧ Approve the switch of orders-db? Lost: at most 212 orders · by ⟦time:clock:${approveBy}⟧`,
    )
  })

  it.each([
    [
      'granted',
      { grantedAt: approveBy, runBy: approveBy, decisions: decided('approve') },
      'Approved (9WE000) by ⟦person:bob⟧',
    ],
    ['used', { grantedAt: approveBy, decisions: decided('approve') }, 'Approved (9WE000) by ⟦person:bob⟧'],
    ['rejected', { decisions: decided('reject', 'wrong backup') }, 'Rejected (9WE000) by ⟦person:bob⟧'],
    ['expired', {}, 'Ask again: `retry restore-1`'],
    [
      'superseded',
      { why: [approvalWhy('rows_lost', { table: 'orders', now: 5, before: 2 }), approvalWhy('commands_changed')] },
      'has changed since. Orders: 5 rows',
    ],
    ['superseded', { why: [approvalWhy('job_stopped')] }, 'The job was stopped, so nobody decides'],
  ] as const)('has no buttons once it is %s, says who, when and why, and stays as it is', (state, of, expected) => {
    expect(draw({ state, ...of }).buttons).toEqual([])
    expect(words({ state, ...of })).toContain(expected)
    expect(words({ state, ...of }, later)).toBe(words({ state, ...of }))
  })

  it('loses its buttons when its time is over, even before the store says so', () => {
    expect(draw({}, later).buttons).toEqual([])
    expect(words({}, later)).toContain('Nobody decided by')
  })

  it('says what changed since the card before it, and how many approvals are still missing', () => {
    expect(words({ why: [approvalWhy('commands_changed')] })).toContain('⚠ Asked again: the commands differ')
    expect(words({ count: 2, decisions: decided('approve') })).toContain('1 of 2 approvals')
  })

  it('shows the first of Salvor’s own commands and says that Details has all of them', () => {
    const does = Array.from({ length: 20 }, (_, index) => `ALTER ${index}`)
    const { subject } = makeApproval()
    const text = words({ subject: { ...subject, does, ownCommands: true } })
    expect(text).toContain('20 commands; the first 8, all in Details')
    expect(words({ subject: { ...subject, does, ownCommands: true }, state: 'used' })).not.toContain('Details')
  })
})
