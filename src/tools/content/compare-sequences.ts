import pg from 'pg'
import type { Finding, SequenceContent } from '../../domain/content.ts'
import { finding } from '../../domain/finding-texts.ts'
import { explain } from './measure-tables.ts'
import type { Sequence } from './read-sequences.ts'
import { type Snapshot, type SnapshotOptions, trySavepoint } from './snapshot.ts'

/**
 * Sequences: present, and ahead of every column that they feed, so that the next insert does not collide. `only` keeps
 * those that feed one of these tables.
 */
export async function compareSequences(
  of: SnapshotOptions,
  snapshot: Snapshot,
  expected: readonly SequenceContent[],
  found: readonly Sequence[],
  only: ReadonlySet<string> | null,
): Promise<Finding[]> {
  const byName = new Map(found.map((sequence) => [sequence.name, sequence]))
  const known = new Set(expected.map((sequence) => sequence.name))
  const findings: Finding[] = []
  for (const should of expected) {
    if (byName.has(should.name) || !feedsOne(should.ownedBy, only)) continue
    const why = finding('definition_missing', { kind: 'sequence' })
    findings.push({ ...base(should.name), verdict: 'missing', expected: should.lastValue, found: null, why })
  }
  for (const sequence of found) {
    const feeds = sequence.feeds.filter((feed) => only === null || only.has(feed.table))
    if (only !== null && feeds.length === 0) continue
    if (!known.has(sequence.name)) {
      const why = finding('definition_extra', { kind: 'sequence' })
      findings.push({ ...base(sequence.name), verdict: 'extra', expected: null, found: sequence.lastValue, why })
    }
    for (const feed of feeds) findings.push(await compareWithColumn(of, snapshot, sequence, feed))
  }
  return findings
}

async function compareWithColumn(
  of: SnapshotOptions,
  snapshot: Snapshot,
  sequence: Sequence,
  feed: Sequence['feeds'][number],
): Promise<Finding> {
  const { client } = snapshot
  const column = `${feed.table}.${feed.column}`
  const rises = sequence.increment > 0n
  const furthest = `${rises ? 'max' : 'min'}(${pg.escapeIdentifier(feed.column)})::text`
  const tried = await trySavepoint(client, of.signal, () =>
    // Without ONLY: a partitioned table's sequence feeds its leaves.
    client.query<{ value: string | null }>(`SELECT ${furthest} AS value FROM ${feed.sqlTable}`),
  )
  const open = { ...base(sequence.name), verdict: 'not_comparable', expected: null, found: null } as const
  if ('error' in tried) return { ...open, why: finding('sequence_unread', { column, seen: explain(tried.error) }) }
  if (sequence.next === null) return { ...open, why: finding('sequence_denied') }
  const value = tried.value.rows[0]?.value ?? null
  const next = sequence.next
  const ahead = value === null || !/^-?\d+$/.test(value) || (rises ? next > BigInt(value) : next < BigInt(value))
  return {
    ...base(sequence.name),
    verdict: ahead ? 'equal' : 'differs',
    expected: `beyond ${value ?? 'nothing'}`,
    found: String(next),
    why: ahead ? null : finding('sequence_behind', { next: String(next), column, value }),
  }
}

function feedsOne(ownedBy: string | null, only: ReadonlySet<string> | null): boolean {
  if (only === null) return true
  return ownedBy !== null && only.has(ownedBy.slice(0, ownedBy.lastIndexOf('.')))
}

function base(name: string) {
  return { subject: 'sequence', name } as const
}
