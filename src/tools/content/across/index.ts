import { type ComparedTable, differs } from '../../../domain/comparison.ts'
import type { CompareAcross, ComparedSide } from '../../../ports/compare-across.ts'
import { chooseReader } from '../../choose-reader.ts'
import { compareDefinitions } from '../compare-definitions.ts'
import { readDefinitions } from '../definitions/read.ts'
import { explain } from '../measure-tables.ts'
import { tryWithoutLocks } from '../row-difference/without-locks.ts'
import { makeFindingsSafe } from '../safe-findings.ts'
import { type SnapshotOptions, withSnapshot } from '../snapshot.ts'
import { type Both, type FirstLook, lookAgain, lookOnce, toldOf, toldUnread } from './compare-pairing.ts'
import { type DifferenceFiles, openDifferenceFiles } from './difference-files.ts'
import { type Paired, pairTables } from './pair-tables.ts'
import type { Pairing } from './sides.ts'

/** A statement may read a large table; one of a person's expressions must not run for ever. */
const STATEMENT_TIMEOUT_MS = 3_600_000
/** Pieces that are journaled: of more tables several are one piece. */
const MOST_PIECES = 200

type Asked = Parameters<CompareAcross>[0]

/** Compares two databases; each side in one snapshot, and what differs once more in a later one. */
export function compareAcross(redact: (text: string) => string): CompareAcross {
  return async (of) => {
    const sides = { here: await optionsOf(of.here, of.signal), there: await optionsOf(of.there, of.signal) }
    await using files = of.folder === null ? null : await openDifferenceFiles(of.folder)
    return await withBoth(sides, async (both) => {
      const asOthers = { here: isOther(of.here, sides.here), there: isOther(of.there, sides.there) }
      const { paired, unmapped } = await pairTables(both, { mapping: of.mapping, tables: of.tables, asOthers })
      const work = { ...of, sides, both, files, redact }
      const total = paired.reduce((sum, one) => sum + bytesOf(one), 0)
      let bytesDone = 0
      for (const piece of cutPieces(paired)) {
        const told: ComparedTable[] = []
        for (const { one, number } of piece) {
          const { name } = 'pairing' in one ? one.pairing : one.broken
          of.onProgress({ table: name, bytesDone, bytesTotal: total, tablesDone: number, tablesTotal: paired.length })
          if (!of.done.has(name)) told.push(await compareOne(work, one, number))
          bytesDone += bytesOf(one)
        }
        if (told.length > 0) await of.onPiece(told)
      }
      return { unmapped, schema: makeFindingsSafe(await compareSchema(both), redact) }
    })
  }
}

/** How each side is read. */
export interface Sides {
  readonly here: SnapshotOptions
  readonly there: SnapshotOptions
}

interface Work extends Asked {
  readonly sides: Sides
  readonly both: Both
  readonly files: DifferenceFiles | null
  readonly redact: (text: string) => string
}

async function compareOne(work: Work, one: Paired, number: number): Promise<ComparedTable> {
  const { redact } = work
  if ('broken' in one) return toldUnread(one.broken, redact(one.why))
  const { pairing } = one
  const first = await tryBoth(work, work.both, () => lookOnce(work.both, pairing))
  if ('error' in first) return toldUnread(pairing, redact(explain(first.error)))
  if (first.value.buckets.length === 0) return { ...toldOf(pairing), rows: first.value.rows }
  const again = await withBoth(work.sides, (both) =>
    tryBoth(work, both, () => secondLook(work, { both, pairing, first: first.value, number })),
  )
  if ('error' in again) return toldUnread(pairing, redact(explain(again.error)))
  const told = again.value
  return { ...told, keys: told.keys.map(redact), ...(differs(told) ? {} : { file: null, cut: false }) }
}

async function secondLook(
  { files, sample }: Work,
  of: { readonly both: Both; readonly pairing: Pairing; readonly first: FirstLook; readonly number: number },
): Promise<ComparedTable> {
  const file = files?.open(String(of.number + 1).padStart(4, '0'), of.pairing.name) ?? null
  try {
    return await lookAgain(of.both, of.pairing, { first: of.first, sample, file })
  } catch (thrown) {
    await file?.discard()
    throw thrown
  }
}

/** Errors of the file system are no property of the table that was read. */
async function tryBoth<T>({ signal }: Asked, { here, there }: Both, work: () => Promise<T>) {
  const tried = await tryWithoutLocks([here.client, there.client], signal, work)
  if ('error' in tried && 'code' in tried.error && tried.error.code === 'differences_unwritten') throw tried.error
  return tried
}

/** Two snapshots, one a side, in which a statement may run for an hour. */
export function withBoth<T>(sides: Sides, work: (both: Both) => Promise<T>): Promise<T> {
  return withSnapshot(sides.here, (here) =>
    withSnapshot(sides.there, async (there) => {
      for (const { client } of [here, there])
        await client.query(`SET LOCAL statement_timeout = ${STATEMENT_TIMEOUT_MS}`)
      return work({ here, there })
    }),
  )
}

/** How a side is read: as the role of fewest rights that may. */
export async function optionsOf(side: ComparedSide, signal: AbortSignal): Promise<SnapshotOptions> {
  return { ...side, signal, target: await chooseReader({ ...side, signal }) }
}

/** Whether a side is read as another role than `url`'s: as one that may do more than read. */
export function isOther({ target }: ComparedSide, { target: read }: SnapshotOptions): boolean {
  return new URL(target.url).username !== new URL(read.url).username
}

async function compareSchema({ here, there }: Both) {
  const manifest = { definitions: await readDefinitions(there.client, there.versionNumber) }
  const found = await readDefinitions(here.client, here.versionNumber)
  const of = { kinship: 'other', only: null, serverVersion: here.serverVersion } as const
  return compareDefinitions(manifest, found, of).findings
}

function cutPieces(paired: readonly Paired[]): { readonly one: Paired; readonly number: number }[][] {
  const size = Math.max(1, Math.ceil(paired.length / MOST_PIECES))
  const numbered = paired.map((one, number) => ({ one, number }))
  return Array.from({ length: Math.ceil(numbered.length / size) }, (_, at) =>
    numbered.slice(at * size, (at + 1) * size),
  )
}

function bytesOf(one: Paired): number {
  const { here, there } = 'pairing' in one ? one.pairing : one.broken
  return here.bytes + there.bytes
}
