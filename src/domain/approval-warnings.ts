import { defineTexts, type Message } from './message.ts'

/** What stands at the head of an approval, before everything else. */
const warnings = {
  backup_late: '{backup} was taken after the migration began: it may hold its damage.',
  origin_unproven:
    'Origin not proven: {backup} was made of a database called {database} on server {server}, and nothing shows that it was this one.',
  origin_other: 'Of another database: {backup} was made of {database} on server {server}, not of {live}.',
  live_gone: 'There is no {live} on the server now: it is made anew, and what it held since the backup is unknown.',
  live_invalid:
    '{live} is what an interrupted DROP DATABASE left: it is put aside as {old} and made anew, and what it held since the backup is unknown.',
  live_renamed:
    'The database of which {backup} was made still stands, as {now}: renaming it back would keep what it holds.',
  property_damaged: '{live} has another {what} than the backup says ({now}); the restored one gets {later}.',
  property_kept: '{live} has another {what} than the backup says ({later}); the restored one keeps {now}.',
  property_brought: 'The backup says {what} of {live}: {later}. There is no {live} to compare that with.',
  property_more: '{count} more properties differ between live and the backup; Details names them.',
  property_back: '{live} has another {what} today ({now}) than the former one, which comes back with {later}.',
  properties_plan:
    'Nothing tells what {live} was beside its content: it gets {owner} as its owner, and no privileges, limits or settings.',
  properties_unrecorded:
    'The backup has no manifest: owner, privileges, limits and settings stay those that {live} has now, damaged or not.',
  read_only:
    '{live} will be read-only by its setting default_transaction_read_only, until somebody says ALTER DATABASE … RESET of it.',
  leaves_none: 'There was no {live} before {job}: afterwards there is none again, and today’s is kept as {old}.',
  remedy_shared: '{file} is no SQL of the plan: {by} shared it in Slack.',
  not_in_backup: 'Not in this backup: {what}.',
} as const

/** A warning: a code with its facts. */
export type ApprovalWarning = Message<typeof warnings>

export const { make: warning, describe: describeWarning } = defineTexts(warnings)
