import { writeCount } from './count.ts'
import { defineTexts, type Facts, fillIn, type Message } from './message.ts'

/**
 * Why something differs or could not be compared, by stable code: the sentences of findings. Facts are names, numbers
 * and what a tool printed; whoever shows a finding fills them in.
 */
const findingTexts = {
  table_missing: 'the table is not there',
  table_extra: 'only this side has the table',
  table_unknown: 'neither side has a table of this name',
  table_unread: '{seen}',
  rows_fewer: '{count} rows fewer',
  rows_more: '{count} rows more',
  rows_other: 'as many rows, with other content',
  view_computed_anew: 'a materialised view is computed anew by a restore',
  written_since: 'written since: {count} inserts, updates or deletes',
  rows_since: 'written since: {count} rows carry a later transaction',
  definition_missing: 'the {kind} is not there',
  definition_extra: 'only this side has the {kind}',
  definition_differs: 'not as it was: {facets}',
  definition_prints: 'it prints in another way, which may mean the same: {facets}',
  rehearsal_none: 'the backup keeps no record of how it brings definitions back',
  rehearsal_version: 'how the backup brings definitions back was seen on PostgreSQL {made}, not on {here}',
  index_invalid: 'the index is not valid',
  constraint_unvalidated: 'the constraint is NOT VALID: rows were never checked against it',
  sequence_unread: '{column}: {seen}',
  sequence_denied: 'the role in the plan may not read the sequence',
  sequence_back: 'it would give {next} next, where {before} was next',
  sequence_other: 'it would give {next} next, not {before}',
  sequence_behind: 'the next value {next} is already used: {column} reaches {value}',
  property_approved: 'it is {now}, where the backup says {later}: {job} kept it, as was approved',
  live_gone: 'there is no {live} to ask',
  live_invalid: 'nobody can enter {live}, which an interrupted DROP DATABASE left',
  property_differs: 'it is not what it was',
  check_unread: '{seen}',
  check_rows: 'it answered {count} rows, not one',
  check_value: 'it is not what the plan expects',
  check_slow: 'slower than the plan allows, best of {tries}',
  keys_other_side: 'the other side has no such table',
  keys_none: 'it has no primary key, so rows cannot be named',
  keys_columns: 'the two sides have other columns',
  keys_manifest: 'a manifest holds no rows: --deep needs --against source or a database',
  not_in_backup: 'what it is compared with does not hold it',
  comes_back_other: 'as the backup brings it back, which is not as it was: {facets}',
  comes_back_new: 'the backup brings it, and it was not there',
  unread: 'it could not be read',
} as const

type Texts = typeof findingTexts

export type FindingCode = keyof Texts

/** Why a finding is not equal: a code with its facts. */
export type FindingMessage = Message<Texts>

export const { make: finding, schema: findingMessage } = defineTexts(findingTexts)

/** Its sentence, for where it is shown. A code of another version stands for itself. */
export function describeFindingMessage({ code, facts }: { readonly code: string; readonly facts: Facts }): string {
  if (!Object.hasOwn(findingTexts, code)) return code
  const shown = Object.entries(facts).map(([name, fact]) => [name, counted.has(name) ? writeCount(fact) : fact])
  return fillIn(findingTexts[code as FindingCode], Object.fromEntries(shown))
}

/** Facts that are numbers of something, and are written as such. */
const counted = new Set(['count', 'next', 'before', 'value'])
