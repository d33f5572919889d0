import { randomUUID } from 'node:crypto'
import { type Approval, listDeciders } from '../../domain/approval.ts'
import { backoffMs, type Due } from '../../domain/due.ts'
import type { Page, Pager } from '../../ports/pager.ts'
import type { EngineDeps } from '../deps.ts'
import { type MoveTx, makeMove } from '../once.ts'

/** Longer than a try takes, so that no other keeper begins one meanwhile; one whose keeper died is tried again. */
const SHORTEST_PAUSE_MS = 15_000

/** An approval stays unanswered: somebody outside is to wake people, now and again until it is taken. */
export async function callPager(tx: MoveTx, approval: Approval): Promise<void> {
  if (approval.page != null) return
  const { id: subject, incident, job } = approval
  await tx.updateApproval(subject, { page: randomUUID() })
  await tx.putDue({ id: `page ${subject}`, kind: 'page', subject, incident, job, inMs: 0 })
}

/**
 * Sends one page. Its row is moved to the next try before it is sent and dropped when it was taken: at least once, under
 * an id that stays the same. Ends by itself when the approval is answered.
 */
export async function sendPage(deps: EngineDeps & { readonly pager: Pager }, due: Due): Promise<void> {
  const { pager } = await deps.plans.inForce()
  const page = await makeMove(deps, null, async (tx) => {
    const found = await claim(tx, due)
    return found && pager ? JSON.parse(JSON.stringify(found)) : null
  })
  if (page === null || !pager) return
  const trouble = await deps.pager.send(page as unknown as Page, pager)
  await makeMove(deps, null, async (tx) => {
    const view = due.job === null ? undefined : await tx.lockJob(due.job)
    const approval = view?.approvals.find((one) => one.id === due.subject)
    if (!view || approval?.state !== 'asked' || approval.pagedAt !== null) return null
    const told = { job: view.job.id, actor: 'salvor' }
    const data = { approval: approval.id, page: String(approval.page) }
    if (trouble === null) {
      await tx.dropDue(due.id)
      await tx.updateApproval(approval.id, { pagedAt: deps.clock.now().toISOString() })
      await tx.append(view.job.incident, { type: 'page_sent', ...told, data: { ...data, tries: due.tries + 1 } })
    } else if (due.tries === 0) {
      // Once: people are to know that nobody was woken, not to read of each try.
      await tx.append(view.job.incident, { type: 'page_failed', ...told, data: { ...data, why: trouble } })
    }
    return null
  })
}

async function claim(tx: MoveTx, due: Due): Promise<Page | null> {
  const view = due.job === null ? undefined : await tx.lockJob(due.job)
  if (!(await tx.takeDue(due.id))) return null
  const approval = view?.approvals.find((one) => one.id === due.subject)
  if (!view || approval?.state !== 'asked' || approval.page == null || approval.acknowledgedAt !== null) return null
  const incident = await tx.lockIncident(approval.incident)
  const { at: _, ...row } = due
  const inMs = Math.max(SHORTEST_PAUSE_MS, backoffMs(due.tries))
  await tx.putDue({ ...row, tries: due.tries + 1, inMs })
  return {
    id: approval.page,
    type: 'approval_unanswered',
    incident: approval.incident,
    severity: incident?.severity ?? 1,
    job: view.job.id,
    kind: view.job.kind,
    roles: listDeciders(approval),
    askedAt: approval.askedAt,
    approveBy: approval.approveBy,
  }
}

/**
 * Somebody who was paged is awake: the card says who and when. It decides nothing. The first answer counts, and one
 * that comes after the decision changes nothing. False where no such page was ever asked for.
 */
export async function acknowledgePage(
  deps: EngineDeps,
  { page, by }: { readonly page: string; readonly by: string },
): Promise<boolean> {
  const job = await deps.store.findPaged(page)
  if (job === undefined) return false
  await makeMove(deps, null, async (tx) => {
    const view = await tx.lockJob(job)
    const approval = view?.approvals.find((one) => one.page === page)
    if (!view || approval?.state !== 'asked' || approval.acknowledgedAt !== null) return null
    const { id } = approval
    await tx.dropDue(`page ${id}`)
    await tx.updateApproval(id, { acknowledgedBy: by, acknowledgedAt: deps.clock.now().toISOString() })
    const data = { approval: id, page, by }
    await tx.append(view.job.incident, { type: 'page_acknowledged', job, actor: 'salvor', data })
    return null
  })
  return true
}
