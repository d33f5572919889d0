import { listDeciders } from '../approval.ts'
import type { Card, CardRow } from '../card.ts'
import { describeError, hintOf } from '../errors/error-message.ts'
import type { ForeseenApproval } from '../foresee-approval.ts'
import { describeLeft, type LeftBehind } from '../left-behind.ts'
import { describePhase } from '../phase.ts'
import type { Failure, Step } from '../step.ts'
import { markPerson, markTime, markTimesIn, plainText } from '../text.ts'
import { nameUndo } from '../undone.ts'
import { findCurrentStep, findOpenApproval, type JobView } from '../view.ts'
import { describeWaiting } from '../waiting.ts'
import { boundCard } from './bound-card.ts'
import { sayCases } from './case-words.ts'
import { msUntil, writeDuration } from './durations.ts'
import { canAskAgain, type Instead, listJobButtons, stateIcons, stateWords, stepItems } from './job-words.ts'

/** What a job's card needs beside the job itself. */
export interface JobCardExtra {
  /** Name of the worker at work, for «db1 seen 1 s ago»; null if unknown. */
  readonly worker: string | null
  /** Ids of people whom it waits for now, as listAwaited names them. */
  readonly awaited: readonly string[]
  /** True if its effect can still be taken back. */
  readonly undo: boolean
  /** What helps where it failed. */
  readonly instead?: Instead | null | undefined
  /** The jobs that took it back, then that one, and so on, oldest first. */
  readonly takenBack?: readonly string[]
  /** The later job that answered it where it failed. */
  readonly overtaken?: string | null
  /** The approval that it will need, if one is to come. */
  readonly foreseen?: ForeseenApproval | null
}

/** What a kind of job says of itself on its card. */
export interface KindCard {
  readonly headline: string
  readonly lines: readonly string[]
  /** A difference, a command: shown as it stands. */
  readonly code?: string
}

/** Silence after which the last sign of life becomes a warning: three missed beats and a little. */
const SILENT_AFTER_MS = 15_000

/**
 * The live card of one job. `kind` is what its kind says of it. Of a job that rests nothing depends on `now`, so
 * that it need not be drawn again.
 */
export function buildJobCard(view: JobView, kind: KindCard, now: Date, extra: JobCardExtra): Card {
  const { job } = view
  const step = findCurrentStep(view)
  const running = job.state === 'running' && step?.state === 'running' ? step : undefined
  const waits = sayWhyItWaits(view, extra)
  return boundCard({
    headline: `${stateIcons[job.state]} ${job.id} · ${kind.headline}`,
    rows: [
      { kind: 'small', text: `${markPerson(job.requester)}: ${plainText(job.words)}` },
      ...(running ? drawProgress(running, now, extra.worker) : [textRow(`${sayState(view)}`)]),
      ...drawChecklist(view),
      ...(waits === null ? [] : [textRow(waits)]),
      ...(extra.foreseen ? [textRow(sayForeseen(extra.foreseen))] : []),
      ...drawFailure(job.state === 'failed' || job.state === 'needs_person' ? (step?.failure ?? null) : null),
      ...sayTakenBack(extra.takenBack ?? []),
      ...(extra.overtaken ? [textRow(`↷ Answered by ${extra.overtaken}, which came later: it waits for nobody.`)] : []),
      ...kind.lines.map((line) => textRow(line)),
      ...(kind.code === undefined ? [] : [{ kind: 'code' as const, text: kind.code }]),
      ...drawLeft(job.leftBehind),
    ],
    buttons: listJobButtons(view, extra),
    fallback: `${job.id} · ${kind.headline}: ${stateWords[job.state]}`,
  })
}

/** Rows of what went wrong: what was seen, what to do next, what the tool printed. */
export function drawFailure(failure: Failure | null): CardRow[] {
  if (!failure) return []
  const hint = hintOf(failure)
  return [
    { kind: 'fact', label: 'Seen', text: markTimesIn(describeError(failure)) },
    // A code of another version has no hint here.
    ...(hint === '' ? [] : [{ kind: 'fact' as const, label: 'Do', text: markTimesIn(hint) }]),
    ...(failure.excerpt ? [{ kind: 'code' as const, text: failure.excerpt }] : []),
  ]
}

/** What its kind says below was so before that. */
function sayTakenBack(takenBack: readonly string[]): CardRow[] {
  const [first] = takenBack
  return first === undefined ? [] : [textRow(`↩ Taken back by ${nameUndo(takenBack)}. Until ${first}:`)]
}

function drawProgress(step: Step, now: Date, worker: string | null): CardRow[] {
  const { progress } = step
  const words = [
    progress?.fraction == null
      ? plainText(progress ? describePhase(progress.phase) : step.title)
      : `${Math.floor(progress.fraction * 100)} %`,
    progress?.rate == null ? '' : `${(progress.rate / 1e6).toFixed(1)} MB/s`,
    progress?.readyBetween ? sayReady(progress.readyBetween) : '',
    sayLastSign(step, now, worker),
  ]
  const text = words.filter((word) => word !== '').join(' · ')
  const waiting = progress?.waitingFor ? [textRow(`Waits: ${plainText(describeWaiting(progress.waitingFor))}`)] : []
  if (progress?.fraction == null) return [textRow(text), ...waiting]
  return [{ kind: 'bar', fraction: progress.fraction, text }, ...waiting]
}

function sayReady([from, to]: readonly [string, string]): string {
  return from.slice(0, 16) === to.slice(0, 16) ? `ready ${markTime(from)}` : `ready ${markTime(from)}–${markTime(to)}`
}

function sayLastSign(step: Step, now: Date, worker: string | null): string {
  const who = plainText(worker ?? 'worker')
  if (!step.seenAt) return `${who} not seen yet`
  const silence = Math.max(0, -msUntil(step.seenAt, now))
  const ago = `${who} seen ${writeDuration(silence)} ago`
  return silence > SILENT_AFTER_MS ? `⚠ ${ago}, may be gone` : ago
}

/** The step that is being made ready: between two steps something is at work, and the card is to say so. */
function findBeginning(view: JobView): Step | undefined {
  const { job } = view
  const step = findCurrentStep(view)
  const waits = job.waitingFor !== null || job.stopRequestedAt !== null
  return job.state === 'running' && step?.state === 'waiting' && !waits ? step : undefined
}

function drawChecklist(view: JobView): CardRow[] {
  if (view.steps.length === 0) return []
  const beginning = findBeginning(view)
  const items = view.steps.map((step) => ({
    state: step === beginning ? ('running' as const) : stepItems[step.state],
    title: step.title,
    ...(step.attempt > 1 ? { detail: `attempt ${step.attempt}` } : {}),
  }))
  return [{ kind: 'checklist', items }]
}

function drawLeft(left: readonly LeftBehind[]): CardRow[] {
  return left.length === 0 ? [] : [{ kind: 'fact', label: 'Left', text: plainText(left.map(describeLeft).join('\n')) }]
}

function sayState(view: JobView): string {
  const { job } = view
  const next = findBeginning(view)
  if (next !== undefined) {
    const approved = findOpenApproval(view)?.state === 'granted'
    const title = plainText(next.title)
    return approved ? `Working… approved, so it is looked at once more, then: ${title}` : `Working… next: ${title}`
  }
  const words = stateWords[job.state]
  const when = job.finishedAt ? ` ${markTime(job.finishedAt)}` : ''
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${when}`
}

function sayWhyItWaits(view: JobView, extra: JobCardExtra): string | null {
  const { job } = view
  if (job.stopRequestedBy && !job.finishedAt) return `Stopping: ${markPerson(job.stopRequestedBy)} asked for it.`
  if (canAskAgain(view)) return `The time to approve ran out. Retry asks again: \`retry ${job.id}\``
  const open = findOpenApproval(view)
  if (job.state === 'awaiting_approval' && open) {
    const people = extra.awaited.map(markPerson).join(' or ') || listDeciders(open).join(' or ')
    return `Waits for ${people} to approve by ${markTime(open.approveBy)}`
  }
  const asked = sayCases(view, extra.awaited)
  if (job.state === 'awaiting_person' && asked) return `Waits for ${asked.who} to try ${asked.what}${asked.by}`
  if (job.state === 'needs_person')
    return `Look at the target, then: \`resume ${job.id} --settle done|not-done --reason …\``
  return job.waitingFor ? `Waits: ${plainText(describeWaiting(job.waitingFor))}` : null
}

/** Said from the beginning, so that those who will be asked do not go to bed. */
function sayForeseen({ step, from, at }: ForeseenApproval): string {
  const who = `Approval from ${from.map(plainText).join(' or ')}`
  return at === null ? `${who} will be needed to ${plainText(step)}` : `${who} at about ${markTime(at)}`
}

function textRow(text: string): CardRow {
  return { kind: 'text', text }
}
