import { z } from 'zod'
import type { Finding } from './content.ts'
import { writeCount } from './count.ts'
import { digestOf, shortCode } from './digest.ts'
import { describeFindingMessage, type FindingCode, type FindingMessage } from './finding-texts.ts'
import type { Json } from './json.ts'
import { messageOfType } from './message.ts'
import { id, name, printed } from './stored.ts'

/** One difference for which a step refused, as it is kept, shown and accepted. */
export const refusedFindingSchema = z.object({
  /** Of everything that was seen, before anything was hidden or cut: a changed finding is another one. */
  digest: id,
  subject: z.enum(['table', 'constraint', 'index', 'sequence', 'check', 'property', 'object']),
  name,
  why: messageOfType<FindingMessage>(),
  /** Both values, cut, where they say more than the reason. */
  values: z.object({ expected: printed, found: printed }).nullable(),
})

export type RefusedFinding = Readonly<z.infer<typeof refusedFindingSchema>>

/** A person goes on over one finding of one job, and says why. Never changed, never taken back. */
export interface Acceptance extends RefusedFinding {
  readonly step: string
  readonly by: string
  readonly reason: string
  readonly at: string
}

/** A card names this many one by one. More are told by kind, and all of them where they are accepted or approved. */
export const MOST_ON_CARD = 30

/** Names of a kind that stand for all of it. */
const NAMED = 3

const MOST_OF_VALUE = 60

/** What people may go on over: all that a restored copy can be seen to differ in, because live then holds just that. */
const seen = { accept: true, because: 'it was seen, and is named to whoever approves' } as const
/** A look that failed is no finding: to accept it would say that somebody knows what is there. */
const unseen = { accept: false, because: 'nobody saw what is there' } as const
/** Told beside a verdict; nothing refuses for it, so there is nothing to go on over. */
const beside = { accept: false, because: 'nothing refuses for it' } as const

const codes: { readonly [Code in FindingCode]: { readonly accept: boolean; readonly because: string } } = {
  table_missing: seen,
  table_extra: seen,
  table_unknown: beside,
  table_unread: unseen,
  rows_fewer: seen,
  rows_more: seen,
  rows_other: seen,
  view_computed_anew: beside,
  written_since: beside,
  rows_since: beside,
  definition_missing: seen,
  definition_extra: seen,
  definition_differs: seen,
  definition_prints: beside,
  rehearsal_none: beside,
  rehearsal_version: beside,
  index_invalid: seen,
  constraint_unvalidated: seen,
  sequence_unread: unseen,
  sequence_denied: unseen,
  sequence_back: seen,
  sequence_other: seen,
  sequence_behind: seen,
  property_differs: seen,
  property_approved: beside,
  live_gone: beside,
  live_invalid: beside,
  check_unread: unseen,
  check_rows: seen,
  check_value: seen,
  check_slow: seen,
  keys_other_side: beside,
  keys_none: beside,
  keys_columns: beside,
  keys_manifest: beside,
  not_in_backup: beside,
  comes_back_other: beside,
  comes_back_new: beside,
  unread: unseen,
}

/** Whether a person may go on over a finding of this code. One of another version: nobody may. */
export function isAcceptable(code: string): boolean {
  return Object.hasOwn(codes, code) && codes[code as FindingCode].accept
}

/** What people type: stable, because it is of what was seen. */
export function idOfFinding({ digest }: Pick<RefusedFinding, 'digest'>): string {
  return shortCode(digest)
}

/** Findings of one kind: what can be accepted together is exactly these. */
export interface FindingGroup<F extends RefusedFinding = RefusedFinding> {
  readonly subject: RefusedFinding['subject']
  readonly code: string
  readonly findings: readonly F[]
}

/** By what differs and how, the most frequent kind first. */
export function groupFindings<F extends RefusedFinding>(findings: readonly F[]): FindingGroup<F>[] {
  const groups = Map.groupBy(findings, ({ subject, why }) => `${subject} ${why.code}`)
  const told = [...groups.values()].flatMap((those): FindingGroup<F>[] => {
    const [first] = those
    return first === undefined ? [] : [{ subject: first.subject, code: first.why.code, findings: those }]
  })
  return told.toSorted((one, other) => other.findings.length - one.findings.length)
}

/** What people type for several findings at once: of exactly these, so that one more or less is another set. */
export function idOfFindings(findings: readonly Pick<RefusedFinding, 'digest'>[]): string {
  const [only, ...others] = findings.map(({ digest }) => digest).toSorted()
  if (only === undefined) throw new RangeError('no findings')
  return others.length === 0 ? shortCode(only) : shortCode(digestOf([only, ...others]))
}

/** Those that an id means: one, all of a kind, or all that can be accepted. Empty where it means none, or several. */
export function findByIds<F extends RefusedFinding>(open: readonly F[], id: string): readonly F[] {
  const acceptable = open.filter((one) => isAcceptable(one.why.code))
  const sets = new Map<string, readonly F[]>()
  for (const set of [
    acceptable,
    ...groupFindings(acceptable).map(({ findings }) => findings),
    ...open.map((one) => [one]),
  ])
    if (set.length > 0 && idOfFindings(set) === id)
      sets.set(
        set
          .map(({ digest }) => digest)
          .toSorted()
          .join(),
        set,
      )
  const [only, ...others] = sets.values()
  return only !== undefined && others.length === 0 ? only : []
}

/** A line about one finding, or about all of one kind. */
interface ToldFindings<F extends RefusedFinding> {
  readonly text: string
  readonly findings: readonly F[]
}

/**
 * How findings are told wherever people read or answer them: one by one as far as a card names them, else by kind.
 * `among` is how many there are in all, where these are only a part.
 */
export function tellFindings<F extends RefusedFinding>(
  findings: readonly F[],
  among: number = findings.length,
): ToldFindings<F>[] {
  if (among <= MOST_ON_CARD) return findings.map((one) => ({ text: describeRefused(one), findings: [one] }))
  return groupFindings(findings).map((group) => ({ text: describeGroup(group), findings: group.findings }))
}

/** The same as lines alone. */
export function describeAll(findings: readonly RefusedFinding[]): string[] {
  return tellFindings(findings).map(({ text }) => text)
}

/** `1,204 × table, rows fewer: public.a, public.b, public.c and others`. */
export function describeGroup({ subject, code, findings }: FindingGroup): string {
  const names = findings.slice(0, NAMED).map(({ name }) => name)
  const rest = findings.length > NAMED ? ` and ${writeCount(findings.length - NAMED)} more` : ''
  return `${writeCount(findings.length)} × ${subject}, ${code.replaceAll('_', ' ')}: ${names.join(', ')}${rest}`
}

/** A finding that was identified, as a refusal keeps it. */
export function refusedFinding(finding: Finding & { readonly identity: string }): RefusedFinding {
  const { identity: digest, subject, name, why, expected, found } = finding
  const telling = subject === 'check' || subject === 'property'
  return {
    digest,
    subject,
    name,
    why: why ?? { code: 'unread', facts: {} },
    values: telling ? { expected: writeValue(expected), found: writeValue(found) } : null,
  }
}

/** `table public.orders: 3 rows fewer`. */
export function describeRefused({ subject, name, why, values }: RefusedFinding): string {
  const both = values === null ? '' : ` (${values.found} where ${values.expected} was expected)`
  return `${subject} ${name}: ${describeFindingMessage(why)}${both}`
}

function writeValue(value: Json): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > MOST_OF_VALUE ? `${text.slice(0, MOST_OF_VALUE - 1)}…` : text
}
