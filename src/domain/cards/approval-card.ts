import { type Approval, type Decision, isEmergency, listDeciders } from '../approval.ts'
import { describeWhy, wasStopped } from '../approval-why.ts'
import type { Card, CardButton, CardRow } from '../card.ts'
import { writeCount } from '../count.ts'
import { shortCode } from '../digest.ts'
import type { Job } from '../job.ts'
import { markPerson, markTime, plainText } from '../text.ts'
import { firstLines, listAccepted, needsWindow, writeCommands } from '../whole-commands.ts'
import { sayChanges, sayWhose } from './approval-rows.ts'
import { boundCard } from './bound-card.ts'
import { askToConfirm } from './confirm-words.ts'
import { msUntil } from './durations.ts'
import { listWarnings } from './warning-rows.ts'

/** Lines of Salvor's own commands that the card itself shows; Details shows all of them. */
const DOES_LINES = 8

/**
 * The card that asks for one approval, or says how it ended. `people` are ids of those who may decide. Only an
 * approval that waits has buttons; of an ended one nothing depends on `now`.
 */
export function buildApprovalCard(approval: Approval, job: Job, people: readonly string[], now: Date): Card {
  const late = approval.state === 'asked' && msUntil(approval.approveBy, now) <= 0
  const open = approval.state === 'asked' && !late
  const { subject } = approval
  return boundCard({
    headline: writeHeadline(approval, late),
    rows: [
      ...listWarnings(subject),
      ...sayWhose(approval, job),
      ...(open ? askRows(approval, people) : [{ kind: 'text' as const, text: sayEnd(approval, job, late) }]),
      ...sayChanges(subject),
      fact('Proven', subject.proven),
      fact('Unproven', subject.unproven),
      ...drawDoes(subject, open),
      fact('Back', subject.back),
    ],
    buttons: open ? listButtons(approval) : [],
    fallback: writeFallback(approval, job, people, open),
  })
}

/**
 * The Details view: everything that the digest binds, and the evidence behind the card. What is longer than a phone
 * bears says how much more there is. The commands, all of them, stand below it (`slack/cards/draw-details.ts`).
 */
export function buildApprovalDetails(approval: Approval, job: Job): Card {
  const { subject } = approval
  return boundCard({
    headline: `${job.id}: ${plainText(subject.action)}`,
    rows: [
      ...listWarnings(subject),
      ...sayWhose(approval, job),
      { kind: 'small', text: `Code ${shortCode(approval.digest)} · asked ${markTime(approval.askedAt)}` },
      fact('Target', subject.target),
      ...sayChanges(subject),
      fact('Proven', subject.proven),
      fact('Unproven', subject.unproven),
      ...(listAccepted(subject).length === 0
        ? []
        : [{ kind: 'code' as const, text: listAccepted(subject).join('\n') }]),
      fact('Back', subject.back),
      ...listCeiling(approval),
      ...subject.details.map((text) => ({ kind: 'text' as const, text: plainText(text) })),
      { kind: 'text', text: 'Bound by the code:' },
      { kind: 'code', text: JSON.stringify(subject.binds, null, 1) },
      { kind: 'small', text: `Digest ${approval.digest}` },
    ],
    buttons: [],
    fallback: `Details of ${subject.action}`,
  })
}

/** What stands above the commands in the window that shows all of them. */
export function buildWholeCard(approval: Approval, job: Job): Card {
  const { subject } = approval
  const headline = `Approve ${plainText(subject.action)}?`
  return boundCard({
    headline,
    rows: [
      ...listWarnings(subject),
      ...sayWhose(approval, job),
      fact('Target', subject.target),
      ...sayChanges(subject),
      fact('Back', subject.back),
      { kind: 'text', text: 'Does, exactly and in this order:' },
    ],
    buttons: [],
    fallback: headline,
  })
}

/** Asks whoever goes on alone for their code, and says once more what that means. For them alone. */
export function buildEmergencyCard(approval: Approval, reason: string): Card {
  const { subject, job } = approval
  const headline = `🚨 Go on alone with ${subject.action}?`
  return {
    headline,
    rows: [
      ...listWarnings(subject),
      ...sayChanges(subject),
      fact('Back', subject.back),
      fact('Reason', reason),
      { kind: 'text', text: 'Everybody who was asked is told, and the report begins with it.' },
    ],
    buttons: [
      {
        ...{ verb: 'Approve', rest: 'alone', style: 'danger', asks: needsWindow(subject) ? 'whole and code' : 'code' },
        command: `approve ${job} --emergency --reason ${reason}`,
        approval: { id: approval.id, digest: approval.digest },
      },
    ],
    fallback: headline,
  }
}

/** The line that says who approved, for the thread: it names the code that was on the card. */
export function sayDecision(
  person: string,
  decision: Decision['decision'],
  code: string,
  reason: string | null,
  job: string | null,
): string {
  const shown = `what was shown (${code})${job === null ? '' : ` of ${job}`}`
  if (decision === 'approve') return `✅ ${markPerson(person)} approved ${shown}`
  return `🚫 ${markPerson(person)} rejected ${shown}: ${plainText(reason ?? 'no reason given')}`
}

function writeHeadline(approval: Approval, late: boolean): string {
  const { action } = approval.subject
  if (late) return `⌛ Expired: ${action}`
  switch (approval.state) {
    case 'asked':
      return `Approve ${action}?`
    case 'granted':
      return `✅ Approved: ${action}`
    case 'used':
      return `✅ Approved and used: ${action}`
    case 'rejected':
      return `🚫 Rejected: ${action}`
    case 'expired':
      return `⌛ Expired: ${action}`
    case 'superseded':
      return wasStopped(approval.why) ? `⏹ Stopped: ${action}` : `↩ Replaced: ${action}`
  }
}

function askRows(approval: Approval, people: readonly string[]): CardRow[] {
  const who = people.map(markPerson).join(' or ') || listDeciders(approval).join(' or ')
  const given = approval.decisions.filter((one) => one.decision === 'approve')
  const counted = approval.count > 1 ? ` · ${given.length} of ${approval.count} approvals` : ''
  const code = shortCode(approval.digest)
  const changed = approval.why
    ? [{ kind: 'text' as const, text: `⚠ Asked again: ${plainText(describeWhy(approval.why))}` }]
    : []
  const escalated =
    approval.escalatedAt === null
      ? []
      : [
          {
            kind: 'text' as const,
            text: `⚠ Nobody of ${approval.from.join(' or ')} decided by ${markTime(approval.escalatedAt)}: ${approval.escalateTo.join(' or ')} may decide as well`,
          },
        ]
  const factor =
    approval.secondFactor === null
      ? []
      : [{ kind: 'small' as const, text: 'Approving takes a one-time code of your device.' }]
  const typed = needsWindow(approval.subject) ? `code ${code} to reject` : `code ${code}`
  return [
    { kind: 'text', text: `${who} · by ${markTime(approval.approveBy)} · ${typed}${counted}` },
    ...escalated,
    ...pageRows(approval),
    ...changed,
    ...factor,
  ]
}

/** Who outside was woken, and who of them says that they are awake. */
function pageRows({ pagedAt, acknowledgedBy, acknowledgedAt }: Approval): CardRow[] {
  const awake =
    acknowledgedBy && acknowledgedAt ? `${plainText(acknowledgedBy)} is awake since ${markTime(acknowledgedAt)}` : ''
  const paged = pagedAt ? `paged ${markTime(pagedAt)}` : ''
  const said = [paged, awake].filter((one) => one !== '').join(' · ')
  return said === '' ? [] : [{ kind: 'small', text: `📟 ${said}` }]
}

/** Its reasons as a sentence of their own. */
function sayWhy({ why }: Approval): string {
  const said = why === null ? '' : plainText(describeWhy(why))
  return said === '' ? '' : ` ${said.charAt(0).toUpperCase()}${said.slice(1)}${said.endsWith('.') ? '' : '.'}`
}

function sayEnd(approval: Approval, job: Job, late: boolean): string {
  const names = (decision: Decision['decision']) =>
    approval.decisions
      .filter((one) => one.decision === decision)
      .map((one) => `${markPerson(one.person)} at ${markTime(one.at)}${one.reason ? `: ${plainText(one.reason)}` : ''}`)
      .join(', ')
  const code = shortCode(approval.digest)
  const why = sayWhy(approval)
  switch (approval.state) {
    case 'granted':
      if (isEmergency(approval)) return `🚨 Nobody answered: ${names('approve')} goes on alone (${code}).`
      return `Approved (${code}) by ${names('approve')}. Working… it is looked at once more, then it starts, by ${markTime(approval.runBy ?? approval.approveBy)} at the latest.`
    case 'used':
      if (isEmergency(approval)) return `🚨 Nobody answered: ${names('approve')} went on alone (${code}).`
      return `Approved (${code}) by ${names('approve')}.`
    case 'rejected':
      return `Rejected (${code}) by ${names('reject') || 'a person'}. Nothing was changed.`
    case 'superseded':
      if (wasStopped(approval.why))
        return `The job was stopped, so nobody decides about this (${code}). It did not run.`
      return `What it showed (${code}) has changed since.${why} A newer card asks.`
    case 'asked':
    case 'expired': {
      const granted = approval.grantedAt !== null
      const end = granted ? (approval.runBy ?? approval.approveBy) : approval.approveBy
      const seen = granted ? `Approved by ${names('approve')}, but not started by` : 'Nobody decided by'
      return `${seen} ${markTime(end)}.${late ? '' : why} Nothing was changed. Ask again: \`retry ${job.id}\``
    }
  }
}

/** Where the rest is read stands there only while the button that opens it does. */
function drawDoes(subject: Approval['subject'], open: boolean): CardRow[] {
  const { does, ownCommands } = subject
  const [only = ''] = does
  if (does.length === 1 && only.length <= 120 && !only.includes('\n')) return [fact('Does', only)]
  if (!ownCommands) return drawPlans(subject, open)
  const rest = does.length - DOES_LINES
  return [
    {
      kind: 'fact',
      label: 'Does',
      text: rest > 0 ? `${does.length} commands; the first ${DOES_LINES}${open ? ', all in Details' : ''}:` : '',
    },
    { kind: 'code', text: does.slice(0, DOES_LINES).join('\n') },
  ]
}

/** The plan's SQL or commands: all of them, or their beginning and where the rest is read. */
function drawPlans(subject: Approval['subject'], open: boolean): CardRow[] {
  if (!needsWindow(subject)) {
    return [
      { kind: 'fact', label: 'Does', text: '' },
      { kind: 'code', text: writeCommands(subject), whole: true },
    ]
  }
  const { shown, lines } = firstLines(subject)
  return [
    {
      kind: 'fact',
      label: 'Does',
      text: `${lines} lines, of which this is the beginning${open ? '. Approve opens all of it' : ''}:`,
    },
    { kind: 'code', text: shown.join('\n') },
  ]
}

function listCeiling(approval: Approval): CardRow[] {
  const tables = Object.entries(approval.subject.ceiling)
  if (tables.length === 0) return []
  const lines = tables.map(([table, rows]) => `${table}  at most ${writeCount(rows)} rows`)
  return [
    { kind: 'text', text: 'Loss ceiling by table:' },
    { kind: 'code', text: lines.join('\n') },
  ]
}

function listButtons(approval: Approval): CardButton[] {
  const { subject, job } = approval
  const bound = { approval: { id: approval.id, digest: approval.digest } }
  const hasCode = approval.secondFactor !== null
  const asks = needsWindow(subject) ? (hasCode ? 'whole and code' : 'whole') : hasCode ? 'code' : undefined
  return [
    {
      ...{ verb: 'Approve', rest: subject.verb, command: `approve ${job}`, ...bound, style: 'primary' },
      // A window that asks for something is question enough.
      ...(asks === undefined ? { confirm: askToConfirm(approval) } : { asks }),
    },
    { verb: 'Reject', rest: '', command: `reject ${job}`, ...bound, style: 'danger' },
    { verb: 'Details', rest: '', command: `status --incident ${approval.incident}`, ...bound },
  ]
}

function writeFallback(approval: Approval, job: Job, people: readonly string[], open: boolean): string {
  const { subject } = approval
  if (!open) return `${job.id}: approval of ${plainText(subject.action)} is ${approval.state}`
  const who = people.map(markPerson).join(' ')
  const asks = `Approve ${plainText(subject.action)}? Lost: ${plainText(subject.lost)} · by ${markTime(approval.approveBy)}`
  return who === '' ? asks : `${who} ${asks}`
}

function fact(label: string, text: string): CardRow {
  return { kind: 'fact', label, text: plainText(text) }
}
