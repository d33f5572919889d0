import type { Approval } from '../approval.ts'
import type { Ask } from '../ask.ts'
import type { Card, CardRow } from '../card.ts'
import { describeError, hintOf } from '../errors/error-message.ts'
import type { Job } from '../job.ts'
import type { UatCase } from '../recovery-plan.ts'
import type { RunView } from '../run.ts'
import { markPerson, plainText } from '../text.ts'
import type { IncidentView, JobView } from '../view.ts'
import { buildApprovalCard } from './approval-card.ts'
import { buildCaseCard } from './case-card.ts'
import { listJobButtons, stateIcons, stateWords } from './job-words.ts'
import { buildRootCard, type RootCardExtra } from './root-card.ts'
import { buildManualCard } from './run-card.ts'
import { within } from './within.ts'

/** What one person may see and do at one moment. Whoever reads it decides what is in it; the card hides nothing. */
export interface HomeState {
  /** Id of the person whose Home it is. */
  readonly person: string
  /** Roles held under the plan in force, in its order; empty for a person who sees nothing of incidents. */
  readonly roles: readonly string[]
  /** True for one whom the plan names among those who wait for the outcome. */
  readonly stakeholder: boolean
  /** True where Slack did not say who is in a group or channel: what hangs on that is missing. */
  readonly unsure: boolean
  /** Name of the plan's file, where roles are given. */
  readonly planFile: string
  /** Every role of the plan with the people who hold it, as far as they can be named. */
  readonly holders: readonly { readonly role: string; readonly people: readonly string[] }[]
  readonly systems: readonly SystemRights[]
  /** What this person may approve now, with all who may. */
  readonly approvals: readonly {
    readonly approval: Approval
    readonly job: Job
    readonly people: readonly string[]
  }[]
  /** Manual steps that this person may call done. */
  readonly manuals: readonly { readonly run: RunView; readonly position: number; readonly people: readonly string[] }[]
  /** Cases that this person is asked to try and has not judged, with what the plan says of each. */
  readonly cases: readonly { readonly ask: Ask; readonly view: JobView; readonly written: UatCase }[]
  /** Jobs that do not go on before this person steers them. */
  readonly questions: readonly JobView[]
  readonly incidents: readonly { readonly view: IncidentView; readonly extra: RootCardExtra }[]
  /** What this person may say, in the order of `help`. */
  readonly commands: readonly { readonly name: string; readonly summary: string }[]
}

/** What one person may do with one system, and who else may do the rest. */
export interface SystemRights {
  readonly system: string
  /** Commands by name, `approve` among them. */
  readonly may: readonly string[]
  readonly mayNot: readonly string[]
  readonly others: readonly string[]
}

/** A Home: sections in order, each a heading and cards. */
export interface HomeCard {
  readonly sections: readonly HomeSection[]
}

export interface HomeSection {
  readonly title: string
  readonly cards: readonly Card[]
  /** How many more there are than cards; null for a section that is short and always whole. */
  readonly hidden: number | null
}

/** Slack shows 100 blocks; what is older than these can be asked for. */
const WAITING_SHOWN = 8
const INCIDENTS_SHOWN = 12
const SYSTEMS_SHOWN = 12

/**
 * The Home of one person: what waits for them, what is going on, who they are here, what they can say. `answer` is
 * what Salvor said to the button that they pressed last, if it said anything.
 */
export function buildHomeCard(state: HomeState, now: Date, answer: Card | null = null): HomeCard {
  const answered = answer ? [whole('What you pressed', answer)] : []
  const last = [whole('Who you are here', describePerson(state)), whole('How to begin', listCommands(state))]
  if (state.roles.length === 0) return { sections: [...answered, ...last] }
  return { sections: [...answered, listWaiting(state, now), listIncidents(state, now), ...last] }
}

function listWaiting(state: HomeState, now: Date): HomeSection {
  const cards = [
    ...state.approvals.map(({ approval, job, people }) =>
      within(approval.incident, buildApprovalCard(approval, job, people, now)),
    ),
    ...state.manuals.map(({ run, position, people }) =>
      within(run.run.incident, buildManualCard(run, position, people)),
    ),
    ...state.questions.map((view) => within(view.job.incident, askAboutJob(view))),
    ...state.cases.map(({ ask, view, written }) =>
      within(ask.incident, buildCaseCard(ask, view, written, [state.person])),
    ),
  ]
  return cards.length > 0
    ? list('Waits for you', cards, WAITING_SHOWN)
    : whole('Waits for you', plainCard('Nothing waits for you.', []))
}

/** A job that stands still: what was seen, what can be pressed. */
function askAboutJob(view: JobView): Card {
  const { job, steps } = view
  const failure = steps.find((step) => step.failure !== null && step.state !== 'done')?.failure
  const seen: CardRow[] = failure
    ? [
        { kind: 'fact', label: 'Seen', text: plainText(describeError(failure)) },
        { kind: 'fact', label: 'Do', text: plainText(hintOf(failure)) },
      ]
    : []
  const rows: CardRow[] = [{ kind: 'small', text: `${markPerson(job.requester)}: ${plainText(job.words)}` }, ...seen]
  const buttons = listJobButtons(view, { undo: false })
  return { ...plainCard(`${stateIcons[job.state]} ${job.id} ${stateWords[job.state]}`, rows), buttons }
}

function listIncidents(state: HomeState, now: Date): HomeSection {
  const cards = state.incidents.map(({ view, extra }): Card => {
    const root = buildRootCard(view, now, extra)
    // What can be stopped is stopped where everybody sees it: in the thread.
    return within(view.incident.number, { ...root, buttons: [], rows: root.rows.filter(({ kind }) => kind === 'text') })
  })
  return cards.length > 0
    ? list('Open incidents', cards, INCIDENTS_SHOWN)
    : whole('Open incidents', plainCard('No incident is open in your channels.', []))
}

function describePerson(state: HomeState): Card {
  const { person, roles, planFile, stakeholder } = state
  const doubt: CardRow[] = state.unsure
    ? [row('⚠ Slack does not say now who is in a group or channel. What hangs on that is left out until it does.')]
    : []
  if (roles.length === 0) {
    const holders = state.holders
      .filter(({ people }) => people.length > 0)
      .map(({ role, people }) => `${plainText(role)}: ${people.map(markPerson).join(', ')}`)
    return plainCard(stakeholder ? 'You are a stakeholder here' : 'You have no role here', [
      row(
        stakeholder
          ? `${markPerson(person)}, the recovery plan names you among its stakeholders: you wait for the outcome, and start and decide nothing.`
          : `${markPerson(person)}, the recovery plan gives you no role: you start and decide nothing.`,
      ),
      row(
        'What you can see: the thread of an incident in a channel that you are in, and `/recover brief` there, which says in plain words where it stands, what is lost and by when service is to be back. Incidents do not appear on this page.',
      ),
      row(`Roles stand in \`${plainText(planFile)}\` under \`roles\`; whoever keeps that file can give you one.`),
      ...(holders.length > 0 ? [row(`Who has one now:\n${holders.join('\n')}`)] : []),
      ...doubt,
    ])
  }
  const shown = state.systems.slice(0, SYSTEMS_SHOWN)
  const hidden = state.systems.length - shown.length
  const named = [...roles.map(plainText), ...(stakeholder ? ['stakeholder'] : [])]
  return plainCard(`${markPerson(person)}, ${named.join(' and ')}`, [
    ...shown.flatMap(sayRights),
    ...(hidden > 0 ? [row(`and ${hidden} more systems: \`plan\` shows their owners`)] : []),
    ...doubt,
  ])
}

function sayRights({ system, may, mayNot, others }: SystemRights): CardRow[] {
  const about = plainText(system)
  const ask = others.map(markPerson).join(' or ') || 'nobody under this plan'
  const rest = mayNot.length > 0 ? `Ask ${ask} for ${mayNot.join(', ')}.` : ''
  const own = may.length > 0 ? `You may ${may.join(', ')}.` : ''
  const text = [own, rest].filter((one) => one !== '').join(' ')
  return text === '' ? [] : [{ kind: 'fact', label: about, text }]
}

/** What `help` says, each shortened to its first words: a Home is read at a glance. */
function listCommands({ commands }: HomeState): Card {
  const lines = commands.map(({ name, summary }) => `\`${name}\` ${/^[^:;.]*/.exec(summary)?.[0] ?? ''}`)
  const how = 'Type `/recover` and one of these in the channel of an incident, or `@salvor` and it in its thread.'
  return plainCard('Say one of these', [
    row(how),
    ...lines.map(row),
    { kind: 'small', text: '`/recover help` and one of them says how it works.' },
  ])
}

function list(title: string, cards: readonly Card[], most: number): HomeSection {
  return { title, cards: cards.slice(0, most), hidden: Math.max(0, cards.length - most) }
}

function whole(title: string, card: Card): HomeSection {
  return { title, cards: [card], hidden: null }
}

function plainCard(headline: string, rows: readonly CardRow[]): Card {
  return { headline, rows, buttons: [], fallback: headline }
}

function row(text: string): CardRow {
  return { kind: 'text', text }
}
