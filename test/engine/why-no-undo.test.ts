import { expect, test } from 'vitest'
import { jobRegister } from '../../jobs/index.ts'
import type { Job } from '../../src/domain/job.ts'
import type { JobView } from '../../src/domain/view.ts'
import { whyNoUndo } from '../../src/engine/moves/why-no-undo.ts'
import { makeJob, makeStep } from '../slack/support/world.ts'

const effect = {
  ...{ tables: {}, created: [], dropped: {}, renamed: [], droppedColumns: [], rewritten: {} },
}
const viewOf = (of: Partial<Job>, steps: Record<string, unknown> = {}): JobView => ({
  job: makeJob({ state: 'succeeded', id: `${of.kind}-1`, ...of }),
  steps: Object.entries(steps).map(([name, output]) => makeStep({ name, state: 'done', output: output as never })),
  approvals: [],
})
const refuse = (view: JobView, others: readonly JobView[] = []) => {
  const error = whyNoUndo(view, jobRegister.find(view.job.kind), [view, ...others])
  return error && { code: error.code, facts: error.facts }
}

const orders = { system: 'orders-db' }
const committed = {
  commit: { effect, replay: null, xid: '7', systemIdentifier: '1', rest: [], at: '2026-03-01T03:00:00Z' },
}

test.each([
  ['fix', { ...orders, remedy: 'widen-phone' }, committed, 'fix_no_undo', { remedy: 'widen-phone' }],
  ['fix', { ...orders, remedy: 'file:hotfix.sql' }, committed, 'fix_no_undo', { system: 'orders-db' }],
  ['fix', { ...orders, remedy: 'widen-phone', undoes: 'fix-0' }, committed, 'fix_is_way_back', { undoes: 'fix-0' }],
  [
    'fix',
    { ...orders, remedy: 'x' },
    { execute: { said: 'ok', at: '2026-03-01T03:00:00Z' } },
    'undo_unrecorded',
    orders,
  ],
  ['fix', { ...orders, remedy: 'x' }, {}, 'undo_nothing', {}],
  ['freeze', orders, {}, 'undo_other', { way: 'thaw orders-db' }],
  ['thaw', orders, {}, 'undo_other', { way: 'freeze orders-db' }],
  ['restart', { service: 'orders-api' }, {}, 'undo_restart', { service: 'orders-api' }],
  ['rerun', { ...orders, migration: 'v2' }, {}, 'undo_unrecorded', orders],
  ['backup', orders, {}, 'undo_nothing', {}],
  ['verify', orders, {}, 'undo_nothing', {}],
  ['config', { service: 'orders-api' }, {}, 'undo_nothing', {}],
] as const)('a %s of %j that succeeded says its own reason', (kind, params, steps, code, facts) => {
  expect(refuse(viewOf({ kind, params }, steps))).toMatchObject({ code, facts })
})

test.each(jobRegister.list().map(({ name }) => name))('a %s that is at work is to end first', (kind) => {
  expect(refuse(viewOf({ kind, state: 'running' }))?.code).toBe('undo_early')
})

test('what was taken back names the last of the chain, whichever way it stands now', () => {
  const restore = viewOf({ kind: 'restore', params: orders })
  const first = viewOf({ kind: 'undo', params: { ...orders, job: 'restore-1' } })
  const second = viewOf({ kind: 'undo', id: 'undo-2', params: { ...orders, job: 'undo-1' } })
  const failed = viewOf({ kind: 'undo', id: 'undo-3', state: 'failed', params: { ...orders, job: 'undo-2' } })
  expect(refuse(restore, [first])).toMatchObject({ code: 'undo_taken_back', facts: { by: 'undo-1', last: 'undo-1' } })
  expect(refuse(restore, [first, second, failed])).toMatchObject({ facts: { by: 'undo-1', last: 'undo-2' } })
  expect(refuse(first, [restore, second])).toMatchObject({ facts: { by: 'undo-2', last: 'undo-2' } })
})

test('a fix that was taken back is asked for anew, not taken back twice', () => {
  const fix = viewOf({ kind: 'fix', words: 'fix orders-db widen-phone', params: { ...orders, remedy: 'widen-phone' } })
  const back = viewOf({ kind: 'fix', id: 'fix-2', params: { ...orders, remedy: 'widen-phone', undoes: 'fix-1' } })
  expect(refuse(fix, [back])).toMatchObject({ code: 'undo_done', facts: { by: 'fix-2' } })
})

test('a restore that never switched says that it did not come to its end', () => {
  expect(refuse(viewOf({ kind: 'restore', params: orders, state: 'failed' }))?.code).toBe('undo_unfinished')
})
