import { expect, test } from 'vitest'
import { findAbove, type Loss, type ObjectLoss, type TableLoss } from '../../src/domain/loss.ts'

const none: Loss = { tables: [], sequences: [], objects: [], compared: 2 }
const changed = (of: Partial<ObjectLoss>): Loss => ({
  ...none,
  objects: [{ name: 'table public.orders', kind: 'table', verdict: 'changed', facets: ['options'], ...of }],
})
const lost = (of: Partial<TableLoss>): TableLoss => ({
  table: 'public.orders',
  added: 3,
  changed: 0,
  gone: 0,
  by: 'key',
  atLeast: false,
  role: 'data',
  columns: [],
  keys: [],
  why: null,
  ...of,
})

test.each<[string, Loss, Loss, readonly object[]]>([
  ['as many as were shown', { ...none, tables: [lost({})] }, { ...none, tables: [lost({})] }, []],
  ['fewer', { ...none, tables: [lost({})] }, { ...none, tables: [lost({ added: 2 })] }, []],
  ['more', { ...none, tables: [lost({})] }, { ...none, tables: [lost({ added: 4 })] }, [{ what: 'added', now: 4 }]],
  ['rows that are unknown now', none, { ...none, tables: [lost({ added: 0, by: 'none' })] }, [{ what: 'unknown' }]],
  [
    'deletions that only have a lower bound now',
    { ...none, tables: [lost({})] },
    { ...none, tables: [lost({ atLeast: true })] },
    [{ what: 'gone_unknown', now: 0, shown: 0 }],
  ],
  [
    'a lower bound that cannot be more than what was shown',
    { ...none, tables: [lost({ gone: 2 })] },
    { ...none, tables: [lost({ gone: 1, atLeast: true, mostGone: 2 })] },
    [],
  ],
  [
    'a lower bound that can be more than what was shown',
    { ...none, tables: [lost({ gone: 2 })] },
    { ...none, tables: [lost({ gone: 1, atLeast: true, mostGone: 3 })] },
    [{ what: 'gone_unknown', now: 1, shown: 2 }],
  ],
  [
    'a lower bound where nothing was shown',
    none,
    { ...none, tables: [lost({ added: 0, atLeast: true })] },
    [{ what: 'gone_unknown' }],
  ],
  [
    'a lower bound that was shown as one',
    { ...none, tables: [lost({ atLeast: true })] },
    { ...none, tables: [lost({ atLeast: true })] },
    [],
  ],
  [
    'a lower bound that is exact now',
    { ...none, tables: [lost({ gone: 1, atLeast: true })] },
    { ...none, tables: [lost({ gone: 1 })] },
    [],
  ],
  [
    'a lower bound of rows that were shown as unknown',
    { ...none, tables: [lost({ by: 'none' })] },
    { ...none, tables: [lost({ atLeast: true })] },
    [],
  ],
  ['definitions that are unknown now', none, { ...none, objects: null }, [{ name: 'definitions', what: 'unread' }]],
  ['a definition that was shown as changed in this', changed({ facets: ['options', 'owner'] }), changed({}), []],
  [
    'one that was shown as changed in something else',
    changed({ facets: ['owner'] }),
    changed({}),
    [{ what: 'object' }],
  ],
  ['one that was changed once more', changed({ is: 'a' }), changed({ is: 'b' }), [{ what: 'object' }]],
  ['one that is as it was shown', changed({ is: 'a' }), changed({ is: 'a' }), []],
  ['one of which only its printing is left', changed({}), changed({ verdict: 'unsure' }), []],
  ['one that may have been changed and was', changed({ verdict: 'unsure' }), changed({}), [{ what: 'object' }]],
  ['definitions that were shown as unknown', { ...none, objects: null }, { ...none, objects: null }, []],
  [
    'a table that was shown as a leftover of the migration and is data now',
    { ...none, tables: [lost({ role: 'leftover' })] },
    { ...none, tables: [lost({})] },
    [{ name: 'public.orders', what: 'added', now: 3, shown: 0 }],
  ],
])('above what was shown: %s', (_, shown, now, above) => {
  expect(findAbove(shown, now)).toMatchObject(above)
  expect(findAbove(shown, now)).toHaveLength(above.length)
})
