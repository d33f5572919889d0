import { listDeciders } from '../approval.ts'
import type { Card, CardButton, CardRow } from '../card.ts'
import { type Incident, leadOf } from '../incident.ts'
import { isResting } from '../job.ts'
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
  /** Each run in one line, and who it waits for, in words. */
  readonly runs?: readonly { readonly line: string; readonly awaits: readonly string[] }[]
}

/** Resting jobs that the root still lists: what just ended is what people look for. */
const RESTING_SHOWN = 3

/** The incident's root message: state, who is awaited, time left, live cards, Stop all. */
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
    buttons: incident.state === 'closed' ? [] : [stopAllButton],
    fallback: `${headline} · ${awaited}`,
  }
}

/** `#7 Orders lost after cut-over · SEV1 · open` */
function writeRootHeadline(incident: Incident): string {
  return `#${incident.number} ${plainText(incident.title)} · SEV${incident.severity} · ${incident.state}`
}

/** Who must act now, in one line; `Waiting for nobody` while machines work or all is done. */
function sayAwaited(view: IncidentView, extra: Pick<RootCardExtra, 'awaitedByJob' | 'runs'>): string {
  const byRuns = (extra.runs ?? []).flatMap(({ awaits }) => awaits)
  const byJobs = view.jobs.flatMap((one) => sayAwaitedBy(one, extra.awaitedByJob[one.job.id] ?? []))
  const lines = [...byRuns, ...byJobs]
  return lines.length === 0 ? 'Waiting for nobody' : `Waiting for ${lines.join(' · ')}`
}

const stopAllButton: CardButton = {
  verb: 'Stop',
  rest: 'all',
  command: 'stop all',
  style: 'danger',
  confirm: {
    title: 'Stop all jobs?',
    text: 'Every job of this incident stops for real. Their cards say what is left.',
  },
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
    return `${stateIcons[job.state]} ${job.id}${words ? ` · ${words}` : ''} · ${stateWords[job.state]}`
  })
  const rows: CardRow[] = lines.length > 0 ? [{ kind: 'text', text: lines.join('\n') }] : []
  return hidden > 0 ? [...rows, { kind: 'small', text: `and ${hidden} earlier, see the thread` }] : rows
}
