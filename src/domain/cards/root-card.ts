import { listDeciders } from '../approval.ts'
import type { Card, CardRow } from '../card.ts'
import { type Incident, leadOf } from '../incident.ts'
import { isResting } from '../job.ts'
import { findPhase, listNext, type NextFacts, nothingNext, type Phase } from '../next.ts'
import { markPerson, markTime, plainText } from '../text.ts'
import { findOpenApproval, type IncidentView, type JobView } from '../view.ts'
import { sayCases } from './case-words.ts'
import { msUntil, writeDuration, writeMinutes } from './durations.ts'
import { stateIcons, stateWords } from './job-words.ts'

/** What the root message needs beside the incident itself. */
export interface RootCardExtra {
  /** Ids of people whom a job waits for, as listAwaited names them, by job id. */
  readonly awaitedByJob: { readonly [job: string]: readonly string[] }
  /** Short words after a job's id, as its kind says them, by job id: `orders-db from d-0130`. */
  readonly headlinesByJob: { readonly [job: string]: string }
  /** Failed jobs that wait for nobody any more, and the later job that answered each: engine/overtaken.ts. */
  readonly overtaken?: ReadonlyMap<string, string>
  /** What could be begun now: engine/next-of-incident.ts. */
  readonly next?: NextFacts
  /** Each run in one line, and who it waits for, in words. */
  readonly runs?: readonly { readonly line: string; readonly awaits: readonly string[] }[]
}

/** Resting jobs that the root still lists: what just ended is what people look for. */
const RESTING_SHOWN = 3

/** The incident's root message: state, who is awaited, time left, live cards, what can be done next. */
export function buildRootCard(view: IncidentView, now: Date, extra: RootCardExtra): Card {
  const { incident } = view
  const awaited = sayAwaited(view, extra)
  const headline = writeRootHeadline(incident)
  return {
    headline,
    rows: [
      { kind: 'text', text: sayFacts(incident, now) },
      ...sayUpdate(incident),
      ...(incident.state === 'closed' ? [] : [{ kind: 'text' as const, text: awaited }]),
      ...(extra.runs ?? []).map(({ line }): CardRow => ({ kind: 'text', text: line })),
      ...listJobs(view.jobs, extra),
    ],
    buttons: listNext(view, extra.next ?? nothingNext),
    fallback: `${headline} · ${awaited}`,
  }
}

/** `#7 Orders lost after cut-over · SEV1 · open` */
function writeRootHeadline(incident: Incident): string {
  return `#${incident.number} ${plainText(incident.title)} · SEV${incident.severity} · ${incident.state}`
}

/** Who must act now, in one line; else what is at work, or that nothing is. */
function sayAwaited(view: IncidentView, extra: RootCardExtra): string {
  const byRuns = (extra.runs ?? []).flatMap(({ awaits }) => awaits)
  const byJobs = view.jobs
    .filter(({ job }) => extra.overtaken?.has(job.id) !== true)
    .flatMap((one) => sayAwaitedBy(one, extra.awaitedByJob[one.job.id] ?? []))
  const lines = [...byRuns, ...byJobs]
  if (lines.length > 0) return `Waiting for ${lines.join(' · ')}`
  const phase = findPhase(view, extra.next ?? nothingNext)
  if (phase === 'fresh' && view.jobs.length > 0) return restWords.tried
  if (phase !== 'working') return restWords[phase]
  const active = view.jobs.filter(({ job }) => !isResting(job.state)).map(({ job }) => job.id)
  return active.length === 0 ? 'A procedure is at work' : `At work: ${active.join(', ')}`
}

/** Where nobody is awaited and nothing is at work. */
const restWords: { readonly [P in Exclude<Phase, 'working'>]: string } = {
  fresh: 'Nothing runs yet',
  tried: 'Nothing runs now',
  back: 'Nothing runs now; the data is back',
  recovered: 'Nothing runs now; `close` ends it with the report',
  closed: 'Nothing runs',
}

function sayAwaitedBy(view: JobView, people: readonly string[]): string[] {
  const { job } = view
  switch (job.state) {
    case 'awaiting_approval': {
      const open = findOpenApproval(view)
      if (!open) return [`${markPerson(job.requester)} to retry or stop ${job.id}`]
      const who = people.map(markPerson).join(' or ') || listDeciders(open).join(' or ')
      return [`${who} to approve ${job.id} by ${markTime(open.approveBy)}`]
    }
    case 'awaiting_person': {
      const asked = sayCases(view, people)
      return asked === null ? [] : [`${asked.who} to try ${asked.what} of ${job.id}${asked.by}`]
    }
    case 'needs_person':
      return [`a person to settle ${job.id}`]
    case 'failed':
      return [`${markPerson(job.requester)} to look at ${job.id}`]
    default:
      return []
  }
}

function sayFacts(incident: Incident, now: Date): string {
  const source = incident.beganSource === 'log' ? ' (its log)' : ''
  const began = incident.beganAt ? `migration began ${markTime(incident.beganAt, 'both')}${source}` : ''
  const parts = [`Lead ${markPerson(leadOf(incident))}`, began, sayTimes(incident, now)]
  return parts.filter((part) => part !== '').join(' · ')
}

function sayUpdate({ updateText, updatedBy, updatedAt }: Incident): CardRow[] {
  if (updateText === null || updatedBy === null || updatedAt === null) return []
  const text = `📣 ${plainText(updateText)} · ${markTime(updatedAt)}, ${markPerson(updatedBy)}`
  return [{ kind: 'text', text }]
}

function sayTimes(incident: Incident, now: Date): string {
  const { deadline, recoveredAt, closedAt, openedAt, state } = incident
  const ended = recoveredAt ?? (state === 'closed' ? closedAt : null)
  if (ended) {
    const after = `${writeDuration(Date.parse(ended) - Date.parse(openedAt))} after opening`
    const took = `${recoveredAt === null ? 'not recovered, closed' : 'recovered'} ${markTime(ended)}, ${after}`
    if (!deadline) return took
    const spare = Date.parse(deadline) - Date.parse(ended)
    return `${took}, ${writeDuration(Math.abs(spare))} ${spare >= 0 ? 'to spare' : 'late'}`
  }
  if (!deadline) return ''
  const left = msUntil(deadline, now)
  return left >= 0 ? `${writeMinutes(left)} left` : `⚠ ${writeMinutes(-left)} over the deadline ${markTime(deadline)}`
}

function listJobs(jobs: readonly JobView[], extra: RootCardExtra): CardRow[] {
  const active = jobs.filter(({ job }) => !isResting(job.state))
  const resting = jobs.filter(({ job }) => isResting(job.state))
  const shown = [...resting.slice(-RESTING_SHOWN), ...active]
  const hidden = resting.length - Math.min(resting.length, RESTING_SHOWN)
  const lines = shown.map(({ job }) => {
    const words = extra.headlinesByJob[job.id]
    const by = extra.overtaken?.get(job.id)
    const state = by === undefined ? stateWords[job.state] : `${stateWords[job.state]}, answered by ${by}`
    return `${stateIcons[job.state]} ${job.id}${words ? ` · ${words}` : ''} · ${state}`
  })
  const rows: CardRow[] = lines.length > 0 ? [{ kind: 'text', text: lines.join('\n') }] : []
  return hidden > 0 ? [...rows, { kind: 'small', text: `and ${hidden} earlier, see the thread` }] : rows
}
