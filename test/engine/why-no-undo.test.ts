import { describe, expect, test } from 'vitest'
import { jobRegister } from '../../jobs/index.ts'
import type { Job } from '../../src/domain/job.ts'
import type { JobView } from '../../src/domain/view.ts'
import { findOffers } from '../../src/engine/job-offers.ts'
import { whyNoUndo } from '../../src/engine/moves/why-no-undo.ts'
import { makeJob, makeStep } from '../slack/support/world.ts'
import { fakePoint } from '../support/fakes/points.ts'
import { fakeIncident } from '../support/fakes/views.ts'

const effect = {
  ...{ tables: {}, created: [], dropped: {}, renamed: [], droppedColumns: [], rewritten: {} },
}
const viewOf = (of: Partial<Job>, steps: Record<string, unknown> = {}): JobView => ({
  job: makeJob({ state: 'succeeded', id: `${of.kind}-1`, ...of }),
  steps: Object.entries(steps).map(([name, output]) => makeStep({ name, state: 'done', output: output as never })),
  approvals: [],
  accepted: [],
  asks: [],
})
const refuse = (view: JobView, others: readonly JobView[] = []) => {
  const error = whyNoUndo(view, jobRegister, [view, ...others])
  return error && { code: error.code, facts: error.facts }
}

const orders = { system: 'orders-db' }
const properties = {
  ...{ owner: 'o', acl: null, connectionLimit: -1, comment: null, encoding: 'UTF8', collate: 'C', ctype: 'C' },
  ...{ provider: 'libc', locale: null, icuRules: null, collationVersion: null, libraryVersion: null },
  ...{ tablespace: 'pg_default', isTemplate: false, settings: [], roleSettings: {} },
}
/** A job of restore or undo that made the database with this number live. */
const switching = (of: Partial<Job>, made: number, minute: number) => {
  const intent = {
    ...{ live: 'orders', liveOid: 1, side: 's', sideOid: made, old: 'o', systemIdentifier: '7', properties },
    ...{ present: properties, seal: '', mark: '', wasHeldOff: false },
  }
  const switched = {
    ...{ intent, propertiesFrom: 'backup', keepUntil: '2026-03-08T00:00:00Z', lost: {}, mark: '', differences: [] },
    ...{ switchedAt: `2026-03-01T03:0${minute}:00Z`, endedSessions: 0 },
  }
  const steps = {
    preflight: {
      ...{ point: fakePoint('d-0130', '2026-03-01T01:30:00Z'), archiveHash: '', tocEntries: 1, skipped: [] },
      ...{ archiveIdentity: { files: [], local: true }, manifest: null, names: { side: 's', old: 'o' }, findings: [] },
      identity: {
        ...{ systemIdentifier: '7', serverVersion: '17', name: 'orders', oid: 1, sizeBytes: 1, state: 'standing' },
      },
      since: { mark: '', from: 'backup' },
    },
    verify: {
      ...{ at: '2026-03-01T03:00:00Z', against: 'd-0130', digest: '', proven: [], unproven: [], noticed: [] },
      ...{ tables: { proven: 1, total: 1 }, checks: { passed: 0, total: 0 }, rows: {} },
      side: { mark: '', catalogue: '' },
    },
    switch: switched,
    confirm: { live: 'orders', oid: made, at: '2026-03-01T03:00:00Z' },
  }
  const params = { ...orders, ...of.params }
  return viewOf({ id: `${of.kind}-1`, lockTarget: 'database:orders-db', ...of, params }, steps)
}
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
  const restore = switching({ kind: 'restore' }, 2, 1)
  const first = switching({ kind: 'undo', params: { job: 'restore-1' } }, 1, 2)
  const second = switching({ kind: 'undo', id: 'undo-2', params: { job: 'undo-1' } }, 2, 3)
  const failed = viewOf({ kind: 'undo', id: 'undo-3', state: 'failed', params: { ...orders, job: 'undo-2' } })
  expect(refuse(restore, [first])).toMatchObject({ code: 'undo_taken_back', facts: { by: 'undo-1', last: 'undo-1' } })
  expect(refuse(restore, [first, second, failed])).toMatchObject({ facts: { by: 'undo-1', last: 'undo-2' } })
  expect(refuse(first, [restore, second])).toMatchObject({ facts: { by: 'undo-2', last: 'undo-2' } })
})

describe('of two restores of one database', () => {
  const first = switching({ kind: 'restore' }, 2, 1)
  const second = switching({ kind: 'restore', id: 'restore-2' }, 3, 2)

  test('the later one is taken back first, whichever incident it was in', async () => {
    const above = { code: 'undo_above', facts: { job: 'restore-1', above: 'restore-2', system: 'orders-db' } }
    expect(refuse(first, [second])).toMatchObject(above)
    expect(refuse(second, [first])).toBeNull()
    const store = {
      viewIncident: async () => ({ incident: fakeIncident(), jobs: [first] }),
      listSucceededJobs: async (kind: string) => (kind === 'restore' ? [second] : []),
    }
    expect(await findOffers({ jobs: jobRegister, store }, first)).toMatchObject({ undo: false, takenBack: [] })
    expect(await findOffers({ jobs: jobRegister, store }, second)).toMatchObject({ undo: true })
  })

  test('the earlier one can be taken back once the later one was, until that was taken back in turn', () => {
    const undo = switching({ kind: 'undo', params: { job: 'restore-2' } }, 2, 3)
    expect(refuse(first, [second, undo])).toBeNull()
    const again = switching({ kind: 'undo', id: 'undo-2', params: { job: 'undo-1' } }, 3, 4)
    expect(refuse(first, [second, undo, again])).toMatchObject({ code: 'undo_above', facts: { above: 'undo-2' } })
  })

  test('of a file the same holds', () => {
    const replacing = (id: string, after: string, minute: number) =>
      viewOf(
        { kind: 'config', id, params: { service: 'orders-api' }, finishedAt: `2026-03-01T03:0${minute}:00Z` },
        {
          look: {
            ...{ path: '/etc/a.yaml', digest: 'x', mode: '0644', owner: 'o', changedAt: '', active: true, well: true },
            ...{ candidates: [], more: 0 },
          },
          test: {
            ...{ version: 'v7', path: '/v/7', digest: after, why: '', tested: null, refused: [], added: 0, removed: 0 },
            ...{ diff: [], hidden: 0 },
          },
          replace: { replaced: true, path: '/etc/a.yaml', kept: '/etc/a.yaml.salvor', before: 'x', after },
          health: { well: true, said: 'ok' },
        },
      )
    const [one, two] = [replacing('config-1', 'a', 1), replacing('config-2', 'b', 2)]
    expect(refuse(one, [two])).toMatchObject({ code: 'undo_above', facts: { above: 'config-2' } })
    expect(refuse(two, [one])).toBeNull()
  })
})

test('a fix that was taken back is asked for anew, not taken back twice', () => {
  const fix = viewOf({ kind: 'fix', words: 'fix orders-db widen-phone', params: { ...orders, remedy: 'widen-phone' } })
  const back = viewOf({ kind: 'fix', id: 'fix-2', params: { ...orders, remedy: 'widen-phone', undoes: 'fix-1' } })
  expect(refuse(fix, [back])).toMatchObject({ code: 'undo_done', facts: { by: 'fix-2' } })
})

test('a restore that never switched says that it did not come to its end', () => {
  expect(refuse(viewOf({ kind: 'restore', params: orders, state: 'failed' }))?.code).toBe('undo_unfinished')
})
