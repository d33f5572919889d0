import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ArchiveManifest } from '../../../src/domain/content.ts'
import { trackLoad } from '../../../src/tools/archives/load-progress.ts'
import { weighEntries } from '../../../src/tools/archives/load-weights.ts'
import { parseTocLine } from '../../../src/tools/archives/toc.ts'

const toc = [
  ';',
  '; Archive created at 2026-03-01 01:30:00 UTC',
  '200; 1259 16389 TABLE public orders app_owner',
  '3001; 0 16389 TABLE DATA public orders app_owner',
  '3002; 0 16390 TABLE DATA public items app_owner',
  '3100; 2606 16391 CONSTRAINT public orders orders_pkey app_owner',
  '3101; 1259 16392 INDEX public items_order app_owner',
  '3102; 2606 16393 FK CONSTRAINT public items items_order_fkey app_owner',
].flatMap(parseTocLine)

const table = (name: string, rows: number, copyBytes: number) => ({ name, rows, copyBytes, fingerprint: '0' })
const manifest = {
  tables: [table('public.orders', 1e6, 1e8), table('public.items', 2e6, 3e8)],
  definitions: [
    { kind: 'index', path: ['public', 'orders', 'orders_pkey'], facets: {} },
    { kind: 'index', path: ['public', 'items', 'items_order'], facets: {} },
  ],
} as unknown as ArchiveManifest
const nothing = { copies: [], indexes: [], waiting: 0 }

test('comments of a list are no entries', () => {
  expect(toc.map((one) => [one.id, one.kind])).toEqual([
    [200, 'TABLE'],
    [3001, 'TABLE DATA'],
    [3002, 'TABLE DATA'],
    [3100, 'CONSTRAINT'],
    [3101, 'INDEX'],
    [3102, 'FK CONSTRAINT'],
  ])
})

test('finished entries count with their weight, running ones with what the server says', () => {
  const tracker = trackLoad(weighEntries(toc, manifest), 0)
  tracker.takeLine('pg_restore: launching item 3001 TABLE DATA orders')
  tracker.takeLine('pg_restore: launching item 3002 TABLE DATA items')
  const half = tracker.describe({ ...nothing, copies: [{ table: 'public.items', bytes: 1.5e8 }] }, 1000)
  expect(half).toMatchObject({ phase: 'loading public.orders and 1 more', rate: '150.0 MB/s' })
  tracker.takeLine('pg_restore: finished item 3001 TABLE DATA orders')
  const more = tracker.describe({ ...nothing, copies: [{ table: 'public.items', bytes: 1.5e8 }] }, 2000)
  expect(more.fraction ?? 0).toBeGreaterThan(half.fraction ?? 1)
  for (const id of [200, 3002, 3100, 3101, 3102]) tracker.takeLine(`pg_restore: finished item ${id} X y`)
  expect(tracker.describe(nothing, 3000).fraction).toBeCloseTo(0.999)
})

test('with one job pg_restore names no numbers: the next name ends the one before', () => {
  const tracker = trackLoad(weighEntries(toc, null), 0)
  tracker.takeLine('pg_restore: processing data for table "public.orders"')
  expect(tracker.describe(nothing, 1).phase).toBe('loading public.orders')
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
