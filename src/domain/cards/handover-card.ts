import type { Card, CardRow } from '../card.ts'
import { describeError } from '../errors/error-message.ts'
import type { Event } from '../events.ts'
import { leadOf } from '../incident.ts'
import { describeLeft } from '../left-behind.ts'
import { markPerson, markTime, plainText } from '../text.ts'
import type { IncidentView } from '../view.ts'
import type { RootCardExtra } from './root-card.ts'
import { sayRunDone } from './run-words.ts'
import { buildStatusCard } from './status-card.ts'

/** Lines of one kind that a newcomer reads; the thread and the report have all of them. */
const shown = 8

/**
 * What somebody reads who takes over in the middle: who led, where it stands, what waits for whom, what was done and
 * decided, what failed, what is left. `events` is the incident's journal.
 */
export function buildHandoverCard(view: IncidentView, events: readonly Event[], now: Date, extra: RootCardExtra): Card {
  const { incident, jobs } = view
  const status = buildStatusCard(view, now, extra)
  const handed = events.findLast((event) => event.type === 'incident_handed_over') as
    | Event<'incident_handed_over'>
    | undefined
  const before = handed === undefined ? '' : `, until now ${markPerson(handed.data.from)}`
  const headline = `🤝 You lead #${incident.number} ${plainText(incident.title)} now`
  const left = jobs.flatMap(({ job }) => job.leftBehind.map((one) => `${job.id}: ${plainText(describeLeft(one))}`))
  return {
    headline,
    rows: [
      {
        kind: 'small',
        text: `SEV${incident.severity} · ${incident.state} · lead ${markPerson(leadOf(incident))}${before}`,
      },
      ...status.rows,
      ...list('Done', events, sayDone),
      ...list('Decided', events, sayDecided),
      ...list('Failed', events, sayFailed),
      ...list('Noted', events, sayNoted),
      ...(left.length === 0 ? [] : [{ kind: 'fact' as const, label: 'Left', text: left.join('\n') }]),
    ],
    buttons: [],
    fallback: `${headline} · ${status.fallback}`,
  }
}

function list(label: string, events: readonly Event[], say: (event: Event) => string | null): CardRow[] {
  const lines = events.flatMap((event) => {
    const text = say(event)
    return text === null ? [] : [`${markTime(event.at)} ${text}`]
  })
  if (lines.length === 0) return []
  const hidden = lines.length - shown
  const more = hidden > 0 ? [`and ${hidden} before, see the thread`] : []
  return [{ kind: 'fact', label, text: [...more, ...lines.slice(-shown)].join('\n') }]
}

function sayDone(event: Event): string | null {
  if (event.type === 'job_succeeded') return `${event.job}: ${event.data.summary}`
  return event.type === 'run_succeeded' ? `${event.data.run}: ${sayRunDone(event.data)}` : null
}

function sayDecided(event: Event): string | null {
  if (event.type !== 'approval_decided') return null
  const { decision, reason } = event.data
  const why = reason === null ? '' : `: ${plainText(reason)}`
  return `${markPerson(event.actor)} ${decision === 'approve' ? 'approved' : 'rejected'} ${event.job}${why}`
}

function sayFailed(event: Event): string | null {
  return event.type === 'job_failed' ? `${event.job}: ${plainText(describeError(event.data.failure))}` : null
}

function sayNoted(event: Event): string | null {
  return event.type === 'note_added' ? `${markPerson(event.actor)}: ${plainText(event.data.text)}` : null
}
