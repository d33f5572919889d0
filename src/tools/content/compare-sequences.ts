import type { Finding, Rehearsal, SequenceContent, Tally } from '../../domain/content.ts'
import { finding } from '../../domain/finding-texts.ts'
import { findBehind, nextOf, type Sequence } from './read-sequences.ts'

interface Expected {
  readonly manifest: readonly SequenceContent[]
  /** As the archive brings them back, which is later than the manifest by what was drawn while the dump ran. */
  readonly restored: Rehearsal['sequences'] | null
  /** Nobody has drawn from a side copy; live goes on. */
  readonly still: boolean
  readonly only: ReadonlySet<string> | null
}

/**
 * Sequences stand where the manifest says, or further on where the database is at work. One that is behind its column,
 * so that the next insert collides, is a difference only if it was not so before; else it is told beside the verdict.
 */
export function compareSequences(
  of: Expected,
  found: readonly Sequence[],
): { readonly findings: Finding[]; readonly noticed: Finding[]; readonly tally: Tally } {
  const before = new Map(of.manifest.map((one) => [one.name, one]))
  const restored = new Map(of.restored?.map((one) => [one.name, one]))
  const is = new Map(found.map((one) => [one.name, one]))
  const isMeant = (one: Sequence) => of.only === null || one.feeds.some((feed) => of.only?.has(feed.table))
  const noticed: Finding[] = []
  const findings: Finding[] = []
  for (const one of found.filter(isMeant)) {
    const should = before.get(one.name)
    if (should === undefined) {
      const why = finding('definition_extra', { kind: 'sequence' })
      findings.push({ ...base(one.name), verdict: 'extra', expected: null, found: one.state?.lastValue ?? null, why })
      continue
    }
    const collisions = findBehind(one).map((behind) => describeBehind(one, should, behind))
    noticed.push(...collisions.filter((each) => each.verdict === 'equal'))
    const state = compareState(one, restored.get(one.name) ?? should, of.still && restored.has(one.name))
    // That the next insert fails says more than where the sequence stands.
    const worse = collisions.filter((each) => each.verdict === 'differs')
    findings.push(...(worse.length > 0 ? worse : [state]))
  }
  if (of.only === null) {
    for (const one of of.manifest) {
      if (is.has(one.name)) continue
      const why = finding('definition_missing', { kind: 'sequence' })
      findings.push({ ...base(one.name), verdict: 'missing', expected: one.lastValue, found: null, why })
    }
  }
  const red = new Set(findings.filter((one) => one.verdict !== 'equal').map((one) => one.name))
  const names = new Set(findings.map((one) => one.name))
  return {
    findings: findings.filter((one) => one.verdict !== 'equal'),
    noticed,
    tally: { proven: names.size - red.size, total: names.size },
  }
}

/** It was so before, or it is a difference. */
function describeBehind(
  one: Sequence,
  should: SequenceContent,
  { column, reaches }: SequenceContent['behind'][number],
): Finding {
  const next = String(nextOf(one))
  const known = should.behind.some((each) => each.column === column)
  const why = finding('sequence_behind', { next, column, value: reaches })
  return { ...base(one.name), verdict: known ? 'equal' : 'differs', expected: `beyond ${reaches}`, found: next, why }
}

/** `exact` where the very state is known; else it may stand further on, and a cycling one anywhere. */
function compareState(one: Sequence, should: Pick<SequenceContent, 'lastValue' | 'called'>, exact: boolean): Finding {
  const here = { ...base(one.name), expected: should.lastValue, found: one.state?.lastValue ?? null } as const
  const next = nextOf(one)
  if (next === null || should.lastValue === null)
    return { ...here, verdict: 'not_comparable', why: finding('sequence_denied') }
  const { lastValue, called } = should
  const before = nextOf({ state: { lastValue, called }, increment: one.increment })
  if (before === null || next === before) return { ...here, verdict: 'equal', why: null }
  const facts = { next: String(next), before: String(before) }
  if (exact) return { ...here, verdict: 'differs', why: finding('sequence_other', facts) }
  const wentBack = one.increment > 0n ? next < before : next > before
  if (!wentBack || one.cycles) return { ...here, verdict: 'equal', why: null }
  return { ...here, verdict: 'differs', why: finding('sequence_back', facts) }
}

function base(name: string) {
  return { subject: 'sequence', name } as const
}
