import { describe, expect, it } from 'vitest'
import { describeLoss, describeLost, listLoss, losesNothing, sayReturns } from '../../../jobs/restore/describe-loss.ts'
import type { Loss, TableLoss } from '../../../src/domain/loss.ts'

const table = (of: Partial<TableLoss>): TableLoss => ({
  ...{ table: 'public.orders', added: 0, changed: 0, gone: 0, by: 'key', atLeast: false, role: 'data' },
  ...{ columns: [], keys: [], why: null },
  ...of,
})
const lossOf = (tables: readonly TableLoss[], objects: Loss['objects'] = []): Loss => ({
  ...{ tables: [...tables], sequences: [], compared: 4 },
  objects,
})
const view = { name: 'view public.directory', kind: 'view', verdict: 'gone' as const, facets: [] }

describe('what goes away stands apart from what comes back', () => {
  it.each([
    { what: 'rows that come back alone', loss: lossOf([table({ gone: 183_876 })]), nothing: true, returns: /183,876/ },
    { what: 'both in one table', loss: lossOf([table({ added: 212, gone: 5 })]), nothing: false, returns: /5 rows/ },
    { what: 'rows that are only counted', loss: lossOf([table({ gone: 5, by: 'count' })]), nothing: false },
    { what: 'a leftover', loss: lossOf([table({ gone: 5, role: 'leftover' })]), nothing: true },
    { what: 'a definition that comes back', loss: lossOf([], [view]), nothing: true, returns: /directory/ },
    { what: 'new rows', loss: lossOf([table({ added: 212 })]), nothing: false },
  ])('$what', ({ loss, nothing, returns }) => {
    expect(losesNothing(loss)).toBe(nothing)
    expect(describeLost({ loss, lost: {} })).toHaveLength(nothing ? 0 : 1)
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
})
