import type { Approval } from '../domain/approval.ts'
import { listAwaited } from '../domain/awaited.ts'
import type { Card } from '../domain/card.ts'
import { buildApprovalCard } from '../domain/cards/approval-card.ts'
import { buildCaseCard } from '../domain/cards/case-card.ts'
import { buildJobCard } from '../domain/cards/job-card.ts'
import {
  buildFailureCard,
  buildNeedsPersonCard,
  buildRejectedCard,
  buildStoppedCard,
  buildSuccessCard,
} from '../domain/cards/outcome-card.ts'
import { buildManualCard, buildRunCard, nameDoers } from '../domain/cards/run-card.ts'
import type { Event } from '../domain/events.ts'
import { foreseeApproval } from '../domain/foresee-approval.ts'
import { listDoers, type RunView } from '../domain/run.ts'
import { plainText } from '../domain/text.ts'
import { findCase, listWaitingCases } from '../domain/uat.ts'
import { findOpenApproval, type JobView } from '../domain/view.ts'
import { listAccepted } from '../domain/whole-commands.ts'
import { findOffers } from '../engine/job-offers.ts'
import type { SayDeps } from '../engine/say/deps.ts'
import { describeJob, describeOutcome } from '../engine/tell-job.ts'

type Deps = Pick<SayDeps, 'jobs' | 'roles' | 'clock' | 'store' | 'plans'>

/** Cards of the newest state, as the store holds it now: the very ones that Slack draws. */
export function createLiveCards(deps: Deps) {
  const workers = new Map<string, string>()
  // Who is told is no question of rights: a group that cannot be looked up now leaves its members out.
  const peopleOf = (roles: readonly string[]) => deps.roles.peopleOf(roles).catch(() => [])
  const awaitedOf = async (view: JobView) => listAwaited(view, await deps.plans.inForce(), peopleOf)

  return {
    /** Remembers from an event which worker runs a job, for «db1 seen 1 s ago». */
    noteWorker(event: Event): void {
      if (event.type === 'step_started' && event.job !== null) workers.set(event.job, event.data.worker)
    },
    /** The live card of a job. */
    async job(view: JobView): Promise<Card> {
      const worker = view.job.worker ?? workers.get(view.job.id) ?? null
      const now = deps.clock.now()
      const foreseen = foreseeApproval(view, undefined, now)
      const awaited = await awaitedOf(view)
      return buildJobCard(view, describeJob(deps.jobs, view), now, {
        ...{ worker, awaited, foreseen, ...(await findOffers(deps, view)) },
      })
    },
    /** What asks for a decision; undefined while nothing does. */
    async approval(view: JobView): Promise<Card | undefined> {
      const open = findOpenApproval(view)
      if (!open) return undefined
      return tellAll(buildApprovalCard(open, view.job, await awaitedOf(view), deps.clock.now()), open)
    },
    /** What a job asks people to try, case by case, as each is asked; empty while it asks nothing. */
    async cases(view: JobView): Promise<readonly Card[]> {
      const plan = await deps.plans.inForce()
      return listWaitingCases(view).map((ask) => buildCaseCard(ask, view, findCase(plan, ask), []))
    },
    /** The live card of a run, with the people who may do the manual steps that wait. */
    async run(view: RunView): Promise<Card> {
      return buildRunCard(view, { people: await nameDoers([view], peopleOf) })
    },
    /** What a manual step that waits asks of whom. */
    async manual(view: RunView, position: number): Promise<Card> {
      const step = view.steps.find((one) => one.position === position)
      return buildManualCard(view, position, step ? await peopleOf(listDoers(view, step)) : [])
    },
    /** How a job ended, by the event that says so; undefined for every other event. */
    async outcome(view: JobView, event: Event | undefined): Promise<Card | undefined> {
      switch (event?.type) {
        case 'job_succeeded':
          return buildSuccessCard(view, await describeOutcome(deps, view))
        case 'job_failed':
          return buildFailureCard(view, event.data.failure, await describeOutcome(deps, view))
        case 'job_stopped':
          return buildStoppedCard(view, event.data.by, event.data.left)
        case 'job_rejected':
          return buildRejectedCard(view, event.data.by, event.data.reason)
        case 'job_needs_person':
          return buildNeedsPersonCard(view, event.data.step, event.data.why)
        default:
          return undefined
      }
    },
  }
}

export type LiveCards = ReturnType<typeof createLiveCards>

/** There is no Details button here, so the card itself tells every command, and what was seen on the way. */
function tellAll(card: Card, { subject }: Approval): Card {
  const at = card.rows.findIndex((row) => row.kind === 'fact' && row.label === 'Does')
  const code = { kind: 'code', text: subject.does.join('\n') } as const
  const does = [{ kind: 'fact', label: 'Does', text: `${subject.does.length} commands:` } as const, code]
  const isLong = at >= 0 && card.rows[at + 1]?.kind === 'code'
  const rows = isLong ? [...card.rows.slice(0, at), ...does, ...card.rows.slice(at + 2)] : card.rows
  const seen = subject.details.map((text) => ({ kind: 'small' as const, text: plainText(text) }))
  const accepted = listAccepted(subject)
  const each = accepted.length === 0 ? [] : [{ kind: 'code' as const, text: accepted.join('\n') }]
  return { ...card, rows: [...each, ...rows, ...seen] }
}
