import { describe, expect, it } from 'vitest'
import { showFix } from '../../jobs/fix/report.ts'
import { drawRestore } from '../../jobs/restore/card.ts'
import { drawUndo } from '../../jobs/undo/card.ts'
import type { ApprovalState } from '../../src/domain/approval.ts'
import type { StepState } from '../../src/domain/step.ts'
import type { JobView } from '../../src/domain/view.ts'
import { makeApproval, makeJob, makeStep } from '../slack/support/world.ts'

const identity = { systemIdentifier: '1', name: 'orders', oid: 1 }
const looked = { from: 'a.sql', shown: [], argv: null, sha256: 'a', identity, undo: false, rejects: null, groups: [] }
const kinds = {
  restore: { draw: drawRestore, step: 'switch', params: { system: 'orders-db' } },
  undo: { draw: drawUndo, step: 'switch', params: { system: 'orders-db', job: 'restore-1' } },
  fix: { draw: showFix, step: 'commit', params: { system: 'orders-db', remedy: 'widen-phone' } },
}

/** What the card of a kind says of the live database while its one step that changes it, and its approval, stand so. */
function linesOf(kind: keyof typeof kinds, step: StepState, approval: ApprovalState | null): string {
  const { draw, step: name, params } = kinds[kind]
  const look = makeStep({ name: 'look', position: 0, state: 'done', output: looked as never })
  const view: JobView = {
    job: makeJob({ kind, params }),
    steps: [look, makeStep({ name, state: step })],
    approvals: approval === null ? [] : [makeApproval({ state: approval })],
    accepted: [],
    asks: [],
  }
  return draw(view).lines.join(' ')
}

describe.each(['restore', 'undo', 'fix'] as const)('the card of a %s', (kind) => {
  it('says that live is as it was until the step that changes it begins, and not then', () => {
    expect(linesOf(kind, 'waiting', 'granted')).toMatch(/untouched|unchanged/)
    for (const state of ['running', 'in_doubt', 'needs_person'] as const)
      expect(linesOf(kind, state, 'used')).not.toMatch(/untouched|unchanged|^$/)
  })

  it('asks for nobody who has approved already', () => {
    expect(linesOf(kind, 'waiting', 'granted')).not.toContain('must approve')
    expect(linesOf(kind, 'waiting', 'asked').includes('must approve')).toBe(kind !== 'undo')
  })
})
