import { type Approval, isBarred, listDeciders } from '../../domain/approval.ts'
import { listAnswerers } from '../../domain/ask.ts'
import type { HomeState } from '../../domain/cards/home-card.ts'
import type { Person } from '../../domain/person.ts'
import type { RecoveryPlan } from '../../domain/recovery-plan.ts'
import { listAsked } from '../../domain/run.ts'
import { findCase, hasJudged, listWaitingCases } from '../../domain/uat.ts'
import { findOpenApproval, type IncidentView, type JobView } from '../../domain/view.ts'
import { listOvertaken } from '../overtaken.ts'
import { describeIncident } from './build-context.ts'
import type { SayDeps } from './deps.ts'
import { createHeldRights, describeRights, type HeldRights } from './home-rights.ts'

/** Is the person a member of this channel? Throws when nobody can say, which then means no. */
export type SeesChannel = (channel: string) => Promise<boolean>

interface Reader {
  readonly deps: SayDeps
  readonly plan: RecoveryPlan
  readonly person: Person
  readonly held: HeldRights
}

/**
 * Reads what one person may see and do now, by the plan in force. It never shows more than is certain: a role or a
 * membership that cannot be looked up is not held, and without any role there is nothing of any incident in it.
 */
export async function readHome(deps: SayDeps, person: Person, seesChannel: SeesChannel): Promise<HomeState> {
  const plan = await deps.plans.inForce()
  let unsure = false
  const certainly = (asked: Promise<boolean>) =>
    asked.catch(() => {
      unsure = true
      return false
    })
  const names = Object.keys(plan.roles)
  const answers = await Promise.all(names.map((role) => certainly(deps.roles.holds(person, role))))
  const held = createHeldRights(names.filter((_role, index) => answers[index]))
  const about = await describeRights(deps, plan, person, held)
  if (held.roles.length === 0)
    return { ...about, approvals: [], manuals: [], questions: [], cases: [], incidents: [], unsure }
  const views = await listOpen(deps)
  const waiting = await listWaiting({ deps, plan, person, held }, views)
  const visible = await Promise.all(
    views.map(async ({ incident }) => {
      const channel = incident.channel ?? plan.channel
      return channel !== undefined && certainly(seesChannel(channel))
    }),
  )
  const incidents = await Promise.all(
    views
      .filter((_view, index) => visible[index])
      .map(async (view) => ({ view, extra: await describeIncident(deps, view) })),
  )
  return { ...about, ...waiting, incidents, unsure }
}

/** Incidents that are not closed, the most severe and then the newest first. */
async function listOpen({ store }: SayDeps): Promise<IncidentView[]> {
  const open = (await store.listIncidents({ states: ['open', 'recovered'] })).filter(({ number }) => number > 0)
  const views = (await Promise.all(open.map(({ number }) => store.viewIncident(number)))).filter(
    (view) => view !== undefined,
  )
  return views.sort(
    (one, other) => one.incident.severity - other.incident.severity || other.incident.number - one.incident.number,
  )
}

async function listWaiting(
  reader: Reader,
  views: readonly IncidentView[],
): Promise<Pick<HomeState, 'approvals' | 'manuals' | 'questions' | 'cases'>> {
  const jobs = views.flatMap((view) => view.jobs)
  const [approvals, manuals] = await Promise.all([listApprovals(reader, jobs), listManuals(reader, views)])
  const overtaken = new Set(views.flatMap((view) => [...listOvertaken(reader.deps.jobs, view.jobs).keys()]))
  const questions = jobs.filter((view) => !overtaken.has(view.job.id) && isAsked(reader, view))
  return { approvals, manuals, questions, cases: listCases(reader, jobs) }
}

/** What this person may approve now, the one that ends first first. */
async function listApprovals(reader: Reader, jobs: readonly JobView[]): Promise<HomeState['approvals']> {
  const open = jobs.flatMap((view) => {
    const approval = findOpenApproval(view)
    return approval && mayDecide(reader, approval) ? [{ job: view.job, approval }] : []
  })
  open.sort((one, other) => Date.parse(one.approval.approveBy) - Date.parse(other.approval.approveBy))
  return Promise.all(
    open.map(async (one) => {
      const people = await reader.deps.roles.peopleOf(listDeciders(one.approval)).catch(() => [])
      return { ...one, people: people.filter((id) => isFree(one.approval, id)) }
    }),
  )
}

async function listManuals({ deps, held }: Reader, views: readonly IncidentView[]): Promise<HomeState['manuals']> {
  const runs = (await Promise.all(views.map(({ incident }) => deps.store.listRuns(incident.number)))).flat()
  const mine = listAsked(runs).filter(({ roles }) => held.holdsOne(roles))
  return Promise.all(
    mine.map(async ({ view: run, step, roles }) => {
      const people = await deps.roles.peopleOf(roles).catch(() => [])
      return { run, position: step.position, people }
    }),
  )
}

/** Cases that still need this person's word, those of the older job first. */
function listCases({ plan, person, held }: Reader, jobs: readonly JobView[]): HomeState['cases'] {
  return jobs.flatMap((view) =>
    listWaitingCases(view)
      .filter((ask) => held.holdsOne(listAnswerers(ask)) && !hasJudged(ask, plan.people, person.id))
      .map((ask) => ({ ask, view, written: findCase(plan, ask) })),
  )
}

/** The rules of the engine, as far as they can be told before pressing; a press is judged again. */
function mayDecide({ deps, person, held }: Reader, approval: Approval): boolean {
  const isOpen = approval.state === 'asked' && Date.parse(approval.approveBy) > deps.clock.now().getTime()
  return isOpen && held.holdsOne(listDeciders(approval)) && isFree(approval, person.id)
}

/** Neither decided already nor kept from deciding as the one who asked. */
function isFree(approval: Approval, id: string): boolean {
  return !isBarred(approval, id) && !approval.decisions.some(({ person }) => person === id)
}

/** Does this job stand still until this person steers it? The root message calls the same people. */
function isAsked({ deps, plan, person, held }: Reader, view: JobView): boolean {
  const { job } = view
  const system = deps.jobs.find(job.kind)?.system(job.params as never) ?? null
  const steer = deps.commands.find(({ name }) => name === 'resume')
  const right = steer?.right({ job: job.id } as never, plan, { jobSystem: system, approverRoles: [] })
  if (right === undefined || !held.holds(right)) return false
  if (job.state === 'needs_person') return true
  const ranOut = job.state === 'awaiting_approval' && findOpenApproval(view) === undefined
  return (job.state === 'failed' || ranOut) && job.requester === person.id
}
