import { type FactArguments, fillIn, type Message } from './message.ts'

/** What stands at the head of an approval, before everything else. */
const warnings = {
  origin_unproven:
    'Origin not proven: {backup} was made of a database called {database} on server {server}, and nothing shows that it was this one.',
  origin_other: 'Of another database: {backup} was made of {database} on server {server}, not of {live}.',
  live_gone: 'There is no {live} on the server now: it is made anew, and what it held since the backup is unknown.',
  live_invalid:
    '{live} is what an interrupted DROP DATABASE left: it is dropped and made anew, and what it held since the backup is unknown.',
  property_damaged: '{live} has another {what} than the backup says ({now}); the restored one gets {then}.',
  property_kept: '{live} has another {what} than the backup says ({then}); the restored one keeps {now}.',
  not_in_backup: 'Not in this backup: {what}.',
} as const

type Texts = typeof warnings

/** A warning: a code with its facts. */
export type ApprovalWarning = Message<Texts>

/** A fact that a text names and that is not given does not compile. */
export function warning<Code extends keyof Texts>(
  code: Code,
  ...[facts = {}]: FactArguments<Texts[Code]>
): ApprovalWarning {
  return { code, facts } as ApprovalWarning
}

/** Its sentence, for where it is shown. A code of another version stands for itself. */
export function describeWarning({ code, facts }: ApprovalWarning): string {
  return Object.hasOwn(warnings, code) ? fillIn(warnings[code], facts) : code
}
