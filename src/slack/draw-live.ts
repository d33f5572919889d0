import { listAwaited } from '../domain/awaited.ts'
import type { Card } from '../domain/card.ts'
import { buildApprovalCard } from '../domain/cards/approval-card.ts'
import { buildHandoverCard } from '../domain/cards/handover-card.ts'
import { buildJobCard } from '../domain/cards/job-card.ts'
import type { OutcomeWords } from '../domain/cards/outcome-card.ts'
import { buildRootCard, type RootCardExtra } from '../domain/cards/root-card.ts'
import { describeRuns, nameDoers } from '../domain/cards/run-card.ts'
import { foreseeApproval } from '../domain/foresee-approval.ts'
import type { RecoveryPlan } from '../domain/recovery-plan.ts'
import type { IncidentView, JobView } from '../domain/view.ts'
import { attempt } from '../engine/attempt.ts'
import type { JobDocument, JobRegister } from '../engine/define-job.ts'
import { findOffers, listBelow } from '../engine/job-offers.ts'
import { findNext } from '../engine/next-of-incident.ts'
import { listOvertaken } from '../engine/overtaken.ts'
import { describeJob, describeOutcome } from '../engine/tell-job.ts'
import type { Clock } from '../ports/clock.ts'
import type { StoreReader } from '../ports/reader.ts'
import { listRoleHolders, type ResolveGroup } from './people.ts'

/** More facts than any one night has; a summary of it needs all of them. */
const EVENTS_READ = 10_000

/** Cards of the newest state, as the store holds it now. */
export interface LiveCards {
  root(incident: number): Promise<Card | undefined>
  job(job: string): Promise<Card | undefined>
  /** Where everything stands, for somebody who takes over. */
  handover(incident: number): Promise<Card | undefined>
  /** With the people who may decide it; empty once it is settled. */
  approval(
    job: string,
    approval: string,
  ): Promise<{ card: Card; approvers: readonly string[]; open: boolean; incident: number } | undefined>
  /** What a job that ended says of itself, and what can be done about it now. */
  outcome(view: JobView): Promise<OutcomeWords>
  /** The jobs whose way back may be another since this one succeeded. */
  below(job: string): Promise<readonly JobView[]>
  /** The file that goes with its outcome; null for none. */
  document(view: JobView): JobDocument | null
  /** Remembers which worker runs a job, for «db1 seen 1 s ago». */
  noteWorker(job: string, worker: string): void
}

export function createLiveCards(of: {
  readonly reader: StoreReader
  readonly jobs: JobRegister
  readonly plan: () => RecoveryPlan
  readonly resolveGroup: ResolveGroup
  readonly clock: Clock
}): LiveCards {
  const workers = new Map<string, string>()
  const lastLike = new Map<string, JobView | undefined>()

  const peopleOf = (roles: readonly string[]) => listRoleHolders(of.plan(), roles, of.resolveGroup)
  const awaitedOf = (view: JobView) => listAwaited(view, of.plan(), peopleOf)

  /** The last job like this one that came to its end; looked for once, because a card is drawn every other second. */
  const findLast = async ({ job }: JobView): Promise<JobView | undefined> => {
    if (!lastLike.has(job.id) && job.lockTarget !== null) {
      lastLike.set(job.id, (await of.reader.listSucceededJobs(job.kind, job.lockTarget, 1))[0])
    }
    return lastLike.get(job.id)
  }

  const reach = { jobs: of.jobs, store: of.reader }

  const describeJobs = async (view: IncidentView): Promise<RootCardExtra> => {
    const awaited = await Promise.all(view.jobs.map(async (one) => [one.job.id, await awaitedOf(one)] as const))
    const headlines = view.jobs.map((one) => [one.job.id, describeJob(of.jobs, one).headline] as const)
    const runs = await of.reader.listRuns(view.incident.number)
    return {
      awaitedByJob: Object.fromEntries(awaited),
      headlinesByJob: Object.fromEntries(headlines),
      overtaken: listOvertaken(of.jobs, view.jobs),
      next: findNext(of.jobs, of.plan(), view, runs),
      runs: describeRuns(runs, await nameDoers(runs, peopleOf)),
    }
  }

  return {
    async root(incident) {
      const view = await of.reader.viewIncident(incident)
      return view && buildRootCard(view, of.clock.now(), await describeJobs(view))
    },
    async handover(incident) {
      const view = await of.reader.viewIncident(incident)
      if (!view) return undefined
      const events = await of.reader.listEvents(incident, 0, EVENTS_READ)
      return buildHandoverCard(view, events, of.clock.now(), await describeJobs(view))
    },
    async job(job) {
      const view = await of.reader.viewJob(job)
      if (!view) return undefined
      const worker = view.job.worker ?? workers.get(job) ?? null
      const now = of.clock.now()
      const foreseen = foreseeApproval(view, undefined, now) && foreseeApproval(view, await findLast(view), now)
      const awaited = await awaitedOf(view)
      return buildJobCard(view, describeJob(of.jobs, view), now, {
        ...{ worker, awaited, foreseen, ...(await findOffers(reach, view)) },
      })
    },
    async approval(job, approval) {
      const view = await of.reader.viewJob(job)
      const found = view?.approvals.find((one) => one.id === approval)
      if (!view || !found) return undefined
      const approvers = found.state === 'asked' ? await awaitedOf(view) : []
      const card = buildApprovalCard(found, view.job, approvers, of.clock.now())
      return { card, approvers, open: card.buttons.length > 0, incident: view.job.incident }
    },
    async below(job) {
      const view = await of.reader.viewJob(job)
      return view ? listBelow(reach, view) : []
    },
    outcome: (view) => describeOutcome(reach, view),
    document: (view) => attempt(() => of.jobs.find(view.job.kind)?.document?.(view)) ?? null,
    noteWorker: (job, worker) => void workers.set(job, worker),
  }
}
