import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ArchiveManifest } from '../../../src/domain/content.ts'
import { trackLoad } from '../../../src/tools/archives/load-progress.ts'
import { weighEntries } from '../../../src/tools/archives/load-weights.ts'
import type { TocEntry } from '../../../src/tools/archives/toc.ts'

const entry = (id: number, kind: string, tag: string, needs: readonly number[] = []): TocEntry => ({
  ...{
    id,
    kind,
    tag,
    needs,
    schema: 'public',
    owner: 'app_owner',
    tablespace: null,
    definition: '',
    drop: '',
    copy: null,
    data: null,
  },
})
const toc = [
  entry(200, 'TABLE', 'orders'),
  entry(201, 'TABLE', 'two words'),
  entry(3001, 'TABLE DATA', 'orders'),
  entry(3002, 'TABLE DATA', 'items'),
  entry(3100, 'CONSTRAINT', 'orders orders_pkey', [200]),
  entry(3101, 'INDEX', 'items_order'),
  entry(3102, 'FK CONSTRAINT', 'items items_order_fkey'),
  entry(3103, 'CONSTRAINT', 'two words a key', [201]),
]

const table = (name: string, rows: number, copyBytes: number) => ({ name, rows, copyBytes, fingerprint: '0' })
const manifest = {
  tables: [table('public.orders', 1e6, 1e8), table('public.items', 2e6, 3e8)],
  definitions: [
    { kind: 'index', path: ['public', 'orders', 'orders_pkey'], facets: {} },
    { kind: 'index', path: ['public', 'items', 'items_order'], facets: {} },
  ],
} as unknown as ArchiveManifest
const nothing = { copies: [], indexes: [], waiting: 0 }

test('a constraint is named by its table, whatever blanks are in its name', () => {
  const names = weighEntries(toc, null).map((one) => [one.id, one.name])
  expect(names.slice(-2)).toEqual([
    [3102, 'public.items'],
    [3103, 'public.two words'],
  ])
})

test('finished entries count with their weight, running ones with what the server says', () => {
  const tracker = trackLoad(weighEntries(toc, manifest), 0)
  tracker.takeLine('pg_restore: launching item 3001 TABLE DATA orders')
  tracker.takeLine('pg_restore: launching item 3002 TABLE DATA items')
  const half = tracker.describe({ ...nothing, copies: [{ table: 'public.items', bytes: 1.5e8 }] }, 1000)
  expect(half).toMatchObject({
    ...{ phase: { code: 'loading_tables', facts: { table: 'public.orders', more: 1 } }, rate: 1.5e8 },
  })
  tracker.takeLine('pg_restore: finished item 3001 TABLE DATA orders')
  const more = tracker.describe({ ...nothing, copies: [{ table: 'public.items', bytes: 1.5e8 }] }, 2000)
  expect(more.fraction ?? 0).toBeGreaterThan(half.fraction ?? 1)
  for (const id of [200, 201, 3002, 3100, 3101, 3102, 3103]) tracker.takeLine(`pg_restore: finished item ${id} X y`)
  expect(tracker.describe(nothing, 3000).fraction).toBeCloseTo(0.999)
})

test('with one job pg_restore names no numbers: the next name ends the one before', () => {
  const tracker = trackLoad(weighEntries(toc, null), 0)
  tracker.takeLine('pg_restore: processing data for table "public.orders"')
  expect(tracker.describe(nothing, 1).phase).toMatchObject({ code: 'loading_table', facts: { table: 'public.orders' } })
  tracker.takeLine('pg_restore: processing data for table "public.items"')
  const before = tracker.describe(nothing, 2).fraction ?? 0
  expect(before).toBeGreaterThan(0.3)
  tracker.takeLine('pg_restore: creating INDEX "public.items_order"')
  expect(tracker.describe(nothing, 3).fraction ?? 0).toBeGreaterThan(before)
})

test('progress never falls and never claims the end, whatever is printed', () => {
  const line = fc.oneof(
    fc
      .constantFrom('launching', 'finished', 'processing')
      .chain((word) =>
        fc.constantFrom(200, 3001, 3002, 3100, 3101, 3102, 9).map((id) => `pg_restore: ${word} item ${id} X y`),
      ),
    fc.string(),
  )
  const work = fc.record({
    copies: fc.array(fc.record({ table: fc.constantFrom('public.orders', 'x'), bytes: fc.nat() }), { maxLength: 3 }),
    indexes: fc.array(
      fc.record({ table: fc.constant('public.orders'), part: fc.double({ min: 0, max: 1, noNaN: true }) }),
      { maxLength: 2 },
    ),
    waiting: fc.nat(3),
  })
  fc.assert(
    fc.property(fc.array(fc.tuple(line, work)), fc.boolean(), (steps, known) => {
      const tracker = trackLoad(weighEntries(toc, known ? manifest : null), 0)
      let last = 0
      for (const [at, [said, running]] of steps.entries()) {
        tracker.takeLine(said)
        const { fraction } = tracker.describe(running, at * 700)
        expect(fraction).toBeGreaterThanOrEqual(last)
        expect(fraction).toBeLessThan(1)
        last = fraction ?? 0
      }
    }),
  )
})
