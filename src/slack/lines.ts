import { describeRefused, type RefusedFinding } from '../domain/acceptance.ts'
import { type AskKind, describeQuestion } from '../domain/ask.ts'
import type { Card } from '../domain/card.ts'
import { sayDecision } from '../domain/cards/approval-card.ts'
import {
  buildFailureCard,
  buildNeedsPersonCard,
  buildRejectedCard,
  buildStoppedCard,
  buildSuccessCard,
  type OutcomeWords,
} from '../domain/cards/outcome-card.ts'
import { sayRunDone } from '../domain/cards/run-words.ts'
import { buildUnreachedCard } from '../domain/cards/unreached-card.ts'
import { writeCount } from '../domain/count.ts'
import { describeError } from '../domain/errors/error-message.ts'
import type { Event, EventType } from '../domain/events.ts'
import type { Job } from '../domain/job.ts'
import { describePageTrouble } from '../domain/page.ts'
import { nameSteps } from '../domain/procedure.ts'
import { markPerson, markTime, plainText } from '../domain/text.ts'
import type { JobView } from '../domain/view.ts'

/** What an event does to the thread. Cards are drawn from the newest state; only what is said anew is said here. */
export type Effect =
  /** The incident's root message. */
  | { readonly kind: 'root' }
  /** The live card of the event's job. */
  | { readonly kind: 'job' }
  /** A new message that asks approvers, in the thread and directly. */
  | { readonly kind: 'ask'; readonly approval: string }
  /** What was told of earlier ends of the event's job: their buttons go once it has gone on. */
  | { readonly kind: 'settle_outcomes' }
  /** The cases of the event's job: whatever ends it, takes their results or goes on with it, changes their buttons. */
  | { readonly kind: 'settle_cases' }
  /** Jobs on the target of the event's job, in whichever incident: it took them back, or stands above them. */
  | { readonly kind: 'below' }
  /** All copies of an approval card. */
  | { readonly kind: 'settle'; readonly approval: string }
  /** A line that rings for those who may decide, as long as nobody did; `direct`: those not asked yet get a card. */
  | { readonly kind: 'press'; readonly approval: string; readonly text: string; readonly direct: boolean }
  /** Where everything stands, to the person who leads now, directly. */
  | { readonly kind: 'handover'; readonly to: string }
  /** The live card of a run. */
  | { readonly kind: 'run'; readonly run: string }
  /** The card of a manual step: a new message that rings for those who do it, or the one that is there. */
  | { readonly kind: 'manual'; readonly run: string; readonly step: number }
  /** A line in the thread that rings for people with a role who are next; counted by job or step of a run. */
  | { readonly kind: 'call'; readonly text: string; readonly roles: readonly string[]; readonly about: string }
  /** A case of an acceptance test: a message to each of its testers, or those that are there. */
  | { readonly kind: 'case'; readonly ask: string; readonly news: boolean }
  /** Testers have not judged all cases of a job: each is told, directly. */
  | { readonly kind: 'cases_wait'; readonly job: string }
  /** A new message that rings for whoever asked for the job. */
  | { readonly kind: 'requester'; readonly build: (job: Job) => Card }
  /** The end of a run: a line that rings for whoever started it. */
  | { readonly kind: 'run_end'; readonly run: string; readonly text: string }
  /** A line in the thread that rings for nobody. */
  | { readonly kind: 'say'; readonly text: string }
  /** A new message that rings for the requester. */
  | { readonly kind: 'outcome'; readonly build: (view: JobView, report: OutcomeWords) => Card }

const root: Effect = { kind: 'root' }
const job: Effect = { kind: 'job' }
const settleOutcomes: Effect = { kind: 'settle_outcomes' }
const settleCases: Effect = { kind: 'settle_cases' }
/** A job came to rest, or goes on from there. */
const turned = [job, settleOutcomes, settleCases] as const

/** Every event's line in Slack. An event without one does not compile; an empty one is a decision. */
const lines: { readonly [T in EventType]: (event: Event<T>) => readonly Effect[] } = {
  incident_opened: () => [root],
  incident_recovered: ({ data }) => [say(`✅ Recovered, as ${who(data.by)} says`), root],
  incident_closed: ({ data }) => [
    say(`🔒 Closed by ${who(data.by)}${data.reason ? `, not recovered: ${plainText(data.reason)}` : ''}`),
    root,
  ],
  incident_reopened: ({ data }) => [say(`🔓 Opened again by ${who(data.by)}`), root],
  incident_began_set: () => [root],
  incident_handed_over: ({ data }) => [
    say(`🤝 ${who(data.to)} leads now, handed over by ${who(data.from)}`),
    { kind: 'handover', to: data.to },
    root,
  ],
  incident_updated: ({ actor, data }) => [
    say(`📣 ${who(actor)}: ${plainText(data.text)}${data.severity === null ? '' : ` · now SEV${data.severity}`}`),
    root,
  ],
  note_added: ({ actor, data }) => [say(`${data.lesson ? '💡' : '📝'} ${who(actor)}: ${plainText(data.text)}`)],
  // The pin itself is on the message for everybody to see.
  message_pinned: () => [],
  message_unpinned: () => [],
  message_edited: () => [],
  message_deleted: () => [],
  job_requested: () => [job, root],
  job_planned: () => [job],
  job_started: () => [job, root],
  job_succeeded: () => [...turned, outcome(buildSuccessCard), { kind: 'below' }, root],
  job_failed: ({ data }) => [...turned, outcome((view, words) => buildFailureCard(view, data.failure, words)), root],
  job_stopped: ({ data }) => [...turned, outcome((view) => buildStoppedCard(view, data.by, data.left)), root],
  job_rejected: ({ data }) => [...turned, outcome((view) => buildRejectedCard(view, data.by, data.reason)), root],
  job_needs_person: ({ data }) => [...turned, outcome((view) => buildNeedsPersonCard(view, data.step, data.why)), root],
  job_resumed: () => [...turned, root],
  findings_accepted: ({ actor, data, job: id }) => [
    say(`⚠ ${who(actor)} goes on with ${id} over ${nameFindings(data.findings)}: ${plainText(data.reason)}`),
    job,
  ],
  job_retried: () => [...turned, root],
  stop_requested: () => [job],
  clean_up_requested: () => [job, settleOutcomes],
  cleaned_up: () => [job, settleOutcomes],
  lock_taken: () => [],
  lock_released: ({ data }) =>
    data.by === null ? [] : [say(`🔓 ${who(data.by)} released ${plainText(data.target)}: ${data.ended}`), job],
  step_started: () => [job, settleCases],
  step_done: () => [job],
  step_failed: () => [job],
  step_skipped: () => [job],
  step_in_doubt: () => [job],
  step_settled: () => [job],
  step_recorded: () => [],
  approval_asked: ({ data }) => [{ kind: 'ask', approval: data.approval }, job, root],
  approval_decided: ({ actor, data, job: id }) => [
    say(sayDecision(actor, data.decision, data.code, data.reason, id)),
    settle(data.approval),
    job,
  ],
  approval_granted: ({ data }) => [settle(data.approval), job, root],
  approval_used: ({ data }) => [settle(data.approval)],
  approval_expired: ({ data }) => [settle(data.approval), job, root],
  approval_closed: ({ data }) => [
    say(
      `⚠ ${data.wrong} wrong codes were typed for ${plainText(data.action)}: only the buttons of its card decide now`,
    ),
  ],
  approval_reminded: ({ data }) => [
    {
      kind: 'press',
      approval: data.approval,
      text: `⏳ Still waits: approve ${data.action}? ${byWhen(data)}`,
      direct: false,
    },
  ],
  approval_escalated: ({ data }) => [
    {
      ...{ kind: 'press', approval: data.approval, direct: true },
      text: `⏫ Nobody decided yet, so ${data.to.join(' or ')} may as well: approve ${data.action}? ${byWhen(data)}`,
    },
    job,
    root,
  ],
  page_sent: ({ data }) => [settle(data.approval)],
  page_failed: ({ data }) => [
    say(
      `⚠ Nobody could be paged: ${plainText(describePageTrouble(data.why))}. It is tried again until the approval ends.`,
    ),
  ],
  page_acknowledged: ({ data }) => [
    say(`📟 ${plainText(data.by)} was paged and is awake, as the pager says`),
    settle(data.approval),
  ],
  approval_emergency: ({ actor, data }) => [
    {
      ...{ kind: 'call', roles: data.told, about: data.approval },
      text: `🚨 Nobody answered, so ${who(actor)} goes on alone with ${data.action} (${data.code}): ${plainText(data.reason)}`,
    },
    settle(data.approval),
    job,
  ],
  approval_superseded: ({ data }) => [settle(data.approval), job],
  run_started: ({ data }) => [run(data.run), root],
  run_step_started: ({ data }) => [
    run(data.run),
    { kind: 'call', text: `▶ ${data.run}, step ${data.step}: ${data.job} begins`, roles: data.owner, about: data.job },
  ],
  run_step_asked: ({ data }) => [{ kind: 'manual', run: data.run, step: data.step }, run(data.run), root],
  run_step_done: ({ data }) => [{ kind: 'manual', run: data.run, step: data.step }, run(data.run), root],
  run_step_refused: ({ data }) => {
    const text = `✖ ${data.run}, step ${data.step}, ${plainText(data.title)}: ${plainText(describeError(data.failure))}`
    if (data.owner.length === 0) return [run(data.run), say(text)]
    const about = `${data.run}/${data.step}`
    const goOn = `${text} Take it over: \`resume ${data.run}\``
    return [run(data.run), { kind: 'call', text: goOn, roles: data.owner, about }]
  },
  // Who does a manual step, or asked for a job in doubt, was told of it as such.
  people_asked: ({ data }) => (data.kind === 'case' ? [{ kind: 'case', ask: data.ask, news: true }, job] : []),
  ask_reminded: ({ data, job: id }) =>
    data.kind === 'case'
      ? [{ kind: 'cases_wait', job: id ?? '' }]
      : [
          ...redrawAsked(data),
          {
            kind: 'call',
            text: `⏳ Still waits for you to ${plainText(describeQuestion(data.question))}`,
            ...callFor(data, data.roles),
          },
        ],
  ask_escalated: ({ data }) => [
    ...redrawAsked(data),
    {
      kind: 'call',
      text: `⚠ Nobody did yet, so you may as well: ${plainText(describeQuestion(data.question))}`,
      ...callFor(data, data.to),
    },
  ],
  ask_expired: ({ data }) => [...redrawAsked(data), ...(data.kind === 'case' ? [job] : [])],
  people_unreached: ({ data }) => [{ kind: 'requester', build: (asked) => buildUnreachedCard(asked, data) }],
  case_judged: ({ data }) => [{ kind: 'case', ask: data.ask, news: false }, job],
  people_answered: () => [job, root],
  run_succeeded: ({ data }) => [run(data.run), endOfRun(data.run, `✅ ${data.run} done · ${sayRunDone(data)}`), root],
  run_failed: ({ data }) => [
    run(data.run),
    endOfRun(data.run, `❌ ${data.run} failed at ${nameSteps(data.steps)}. Go on: \`resume ${data.run}\``),
    root,
  ],
  run_stopped: ({ data }) => [run(data.run), say(`⏹ ${data.run} stopped by ${who(data.by)}`), root],
  run_needs_person: ({ data }) => [
    run(data.run),
    say(`❓ ${data.run} needs a person at ${nameSteps(data.steps)}`),
    root,
  ],
  run_resumed: ({ data }) => [run(data.run), say(`▶ ${data.run} resumed by ${who(data.by)}`), root],
  run_stop_requested: ({ data }) => [run(data.run)],
  refused: () => [],
  plan_loaded: () => [],
  plan_refused: () => [],
  report_made: ({ data }) => [
    say(`📄 Report made from ${writeCount(data.events)} events · ${data.sha256.slice(0, 12)}`),
  ],
}

/** What one event does, in order. */
export function listEffects(event: Event): readonly Effect[] {
  // The register is keyed by the event's own type, which the compiler cannot follow through a union.
  const line = lines[event.type] as (event: Event) => readonly Effect[]
  return line(event)
}

/** The card that asks for the approval names all of them. */
function nameFindings(findings: readonly RefusedFinding[]): string {
  const [first] = findings
  if (first === undefined) return 'nothing'
  return `${plainText(describeRefused(first))}${findings.length > 1 ? ` and ${findings.length - 1} more` : ''}`
}

function byWhen({ approveBy, code }: { approveBy: string; code: string }): string {
  return `By ${markTime(approveBy)}, code ${code}`
}

function say(text: string): Effect {
  return { kind: 'say', text }
}

function settle(approval: string): Effect {
  return { kind: 'settle', approval }
}

function run(id: string): Effect {
  return { kind: 'run', run: id }
}

function endOfRun(id: string, text: string): Effect {
  return { kind: 'run_end', run: id, text }
}

function outcome(build: (view: JobView, report: OutcomeWords) => Card): Effect {
  return { kind: 'outcome', build }
}

function who(person: string): string {
  return person === 'salvor' ? 'Salvor' : markPerson(person)
}

/** The card of a manual step names who may do it. */
function redrawAsked({
  kind,
  subject,
  ask,
}: {
  readonly kind: AskKind
  readonly subject: string
  readonly ask: string
}): Effect[] {
  const [run = '', step = ''] = subject.split('/')
  if (kind === 'case') return [{ kind: 'case', ask, news: false }]
  return kind === 'manual' ? [{ kind: 'manual', run, step: Number(step) }] : []
}

/** Counted by what is asked about: a job, or a step of a run. */
function callFor({ kind, subject }: { readonly kind: AskKind; readonly subject: string }, roles: readonly string[]) {
  return { roles, about: kind === 'manual' ? subject : (subject.split('/')[0] ?? subject) }
}
