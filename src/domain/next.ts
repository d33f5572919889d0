import type { CardButton } from './card.ts'
import { isResting } from './job.ts'
import type { IncidentView } from './view.ts'

/** What plan and journal say of what could be begun in an incident; engine/next-of-incident.ts finds it. */
export interface NextFacts {
  /** The procedure that brings everything back, with its title; null where the plan has none. */
  readonly procedure: { readonly name: string; readonly title: string } | null
  /** Systems whose backups can be listed. */
  readonly backups: readonly string[]
  /** A log of the plan that nobody has looked into yet; null for none. */
  readonly log: string | null
  /** A procedure moves, or stands still and can be stopped. */
  readonly runs: boolean
  /** A procedure was started, however it ended: its card says how it goes on. */
  readonly tried: boolean
  /** A job brought something back, and that stands. */
  readonly brought: boolean
}

/** Where an incident is, as far as it tells what can be done next. */
export const phases = ['fresh', 'tried', 'working', 'back', 'recovered', 'closed'] as const
export type Phase = (typeof phases)[number]

export const offers = ['Start full recovery', 'Show backups', 'What failed?', 'Verify', 'Close', 'Stop all'] as const
export type Offer = (typeof offers)[number]

/**
 * What the root message offers: the one table. Each offer is only made where plan and journal have what it takes, so
 * that no button leads to a refusal. docs/incidents.md prints it.
 */
export const offersByPhase: { readonly [P in Phase]: readonly Offer[] } = {
  fresh: ['Start full recovery', 'Show backups', 'What failed?'],
  tried: ['Show backups', 'What failed?'],
  working: ['Show backups', 'What failed?', 'Stop all'],
  back: ['What failed?', 'Verify'],
  recovered: ['Verify', 'Close'],
  closed: [],
}

/** What is at work comes first: it can be stopped, whatever else is so. */
export function findPhase({ incident, jobs }: IncidentView, { runs, tried, brought }: NextFacts): Phase {
  if (incident.state === 'closed') return 'closed'
  if (runs || jobs.some(({ job }) => !isResting(job.state))) return 'working'
  if (incident.state === 'recovered') return 'recovered'
  if (brought) return 'back'
  return tried ? 'tried' : 'fresh'
}

/** The buttons of the root message. */
export function listNext(view: IncidentView, facts: NextFacts): CardButton[] {
  return offersByPhase[findPhase(view, facts)].flatMap((offer) => drawOffer(offer, facts))
}

function drawOffer(offer: Offer, { procedure, backups, log }: NextFacts): CardButton[] {
  switch (offer) {
    case 'Start full recovery':
      return procedure === null ? [] : [startButton(procedure)]
    case 'Show backups':
      return forEach(backups, 'of ', (system) => ({ verb: 'Show backups', command: `backups ${system}` }))
    case 'Verify':
      return forEach(backups, '', (system) => ({ verb: 'Verify', command: `verify ${system}` }))
    case 'Close':
      return [{ verb: 'Close', rest: 'incident', command: 'close' }]
    case 'What failed?':
      return log === null ? [] : [{ verb: 'What failed?', rest: '', command: `logs ${log}` }]
    case 'Stop all':
      return [stopAllButton]
  }
}

/** The system is named where there are several. */
function forEach(
  systems: readonly string[],
  before: string,
  write: (system: string) => Pick<CardButton, 'verb' | 'command'>,
): CardButton[] {
  return systems.map((system) => ({ ...write(system), rest: systems.length === 1 ? '' : `${before}${system}` }))
}

function startButton({ name, title }: NonNullable<NextFacts['procedure']>): CardButton {
  const text = `It runs ${name} of the plan: ${title}. What needs an approval asks for it first.`
  return {
    ...{ verb: 'Start full recovery', rest: name === 'full-recovery' ? '' : `(${name})`, command: `run ${name}` },
    ...{ style: 'primary', confirm: { title: 'Start full recovery?', text } },
  }
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

/** Where nobody knows plan and runs: what is at work can be stopped. */
export const nothingNext: NextFacts = {
  ...{ procedure: null, backups: [], log: null, runs: false, tried: false, brought: false },
}
