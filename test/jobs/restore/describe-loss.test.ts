import { describe, expect, it } from 'vitest'
import { describeLoss, describeLost, listLoss, losesNothing, sayReturns } from '../../../jobs/restore/describe-loss.ts'
import { documentLoss } from '../../../jobs/restore/document.ts'
import type { Loss, TableLoss } from '../../../src/domain/loss.ts'
import { makeStep } from '../../slack/support/world.ts'
import { fakeJob, fakeJobView } from '../../support/fakes/views.ts'

const table = (of: Partial<TableLoss>): TableLoss => ({
  ...{ table: 'public.orders', added: 0, changed: 0, gone: 0, by: 'key', atLeast: false, role: 'data' },
  ...{ columns: [], keys: [], why: null },
  ...of,
})
const lossOf = (tables: readonly TableLoss[], objects: Loss['objects'] = []): Loss => ({
  ...{ tables: [...tables], sequences: [], compared: 4 },
  objects,
})
const properties = {
  ...{ owner: 'o', acl: null, connectionLimit: -1, comment: null, encoding: 'UTF8', collate: 'C', ctype: 'C' },
  ...{ provider: 'libc', locale: null, icuRules: null, collationVersion: null, libraryVersion: null },
  ...{ tablespace: 'pg_default', isTemplate: false, settings: [], roleSettings: {} },
}
const switched = {
  intent: {
    ...{ live: 'orders', liveOid: 1, side: 'side', sideOid: 2, old: 'old', systemIdentifier: '1', properties },
    ...{ present: null, seal: 's', mark: 'm', wasHeldOff: false },
  },
  ...{ propertiesFrom: 'backup', keepUntil: 'k', lost: {}, mark: 'm', switchedAt: '2026-03-01T03:09:00Z' },
  ...{ endedSessions: 0, differences: [] },
}
const view = { name: 'view public.directory', kind: 'view', verdict: 'gone' as const, facets: [] }

describe('what goes away stands apart from what comes back', () => {
  it.each([
    { what: 'rows that come back alone', loss: lossOf([table({ gone: 183_876 })]), nothing: true, returns: /183,876/ },
    { what: 'both in one table', loss: lossOf([table({ added: 212, gone: 5 })]), nothing: false, returns: /5 rows/ },
    { what: 'rows that are only counted', loss: lossOf([table({ gone: 5, by: 'count' })]), nothing: false },
    { what: 'a leftover', loss: lossOf([table({ gone: 5, role: 'leftover' })]), nothing: true },
    { what: 'a definition that comes back', loss: lossOf([], [view]), nothing: true, returns: /directory/ },
    { what: 'new rows', loss: lossOf([table({ added: 212 })]), nothing: false },
    {
      what: 'a leftover that rows were copied to',
      loss: lossOf([table({ added: 5, role: 'leftover' })]),
      nothing: true,
    },
    {
      what: 'a leftover that rows may have been moved to',
      loss: lossOf([table({ table: 'public.orders_v2', added: 650, role: 'leftover' }), table({ gone: 600 })]),
      nothing: false,
      returns: /600 rows/,
    },
  ])('$what', ({ loss, nothing, returns }) => {
    expect(losesNothing(loss)).toBe(nothing)
    expect(describeLost({ loss, lost: {} }, 'f')).toHaveLength(nothing ? 0 : 1)
    const told = sayReturns(loss).returns
    if (returns === undefined) expect(told).toBeUndefined()
    else {
      expect(told).toMatch(returns)
      expect(describeLoss(loss)).not.toMatch(returns)
    }
  })

  it('and Details tells both', () => {
    const [line] = listLoss(lossOf([table({ added: 212, gone: 183_876 })]))
    expect(line).toMatch(/212.*183,876/)
  })

  it('and what one sentence has no room for stands in a file that it names', () => {
    const tables = (count: number) =>
      lossOf(Array.from({ length: count }, (_, index) => table({ table: `public.t${index}`, added: index + 1 })))
    const job = fakeJob({ state: 'succeeded' })
    const after = (loss: Loss) => {
      const record = { ...switched, loss }
      return { ...fakeJobView(job), steps: [makeStep({ name: 'switch', state: 'done', output: record as never })] }
    }
    expect(documentLoss(after(tables(6)))).toBeNull()
    expect(describeLost({ loss: tables(6), lost: {} }, 'f.txt')[0]).not.toContain('f.txt')
    const file = documentLoss(after(tables(9)))
    expect(describeLost({ loss: tables(9), lost: {} }, 'f.txt')[0]).toContain('f.txt')
    for (let index = 0; index < 9; index += 1) expect(file?.text).toContain(`t${index}: ${index + 1} new`)
  })
})
