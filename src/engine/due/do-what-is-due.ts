import { backoffMs, type Due, type DueKind, dueKinds } from '../../domain/due.ts'
import type { Pager } from '../../ports/pager.ts'
import type { EngineDeps } from '../deps.ts'
import { expireApproval, remindApprovers, turnToOthers } from './approvals.ts'
import { askOthers, expireAsk, remindAsked } from './asks.ts'
import { sendPage } from './pages.ts'

/** What keepers need; one without a pager leaves pages to others. */
export type DueDeps = EngineDeps & { readonly pager?: Pager }

/** Does what a row stands for, and takes the row in the same transaction. */
type DueHandler = (deps: DueDeps, due: Due) => Promise<void>

/** One a kind. */
const handlers: Readonly<Record<DueKind, DueHandler>> = {
  approval_remind: remindApprovers,
  approval_escalate: turnToOthers,
  approval_expire: expireApproval,
  ask_remind: remindAsked,
  ask_escalate: askOthers,
  ask_expire: expireAsk,
  page: async ({ pager, ...deps }, due) => pager && sendPage({ ...deps, pager }, due),
}

/** Rows that one look takes; what is left makes the next look come at once. */
const atOnce = 100

/**
 * Does all that is due, oldest first, and answers in how many milliseconds the next will be; null for never. Any number
 * of processes may do so at once: the store lets one of them have each row. What cannot be done is tried again later
 * and keeps nothing else waiting.
 */
export async function doWhatIsDue(deps: DueDeps): Promise<number | null> {
  const kinds = dueKinds.filter((kind) => kind !== 'page' || deps.pager !== undefined)
  const { now, nextMs } = await deps.store.lookAtDue(kinds, atOnce)
  for (const due of now) {
    try {
      await handlers[due.kind](deps, due)
    } catch (error) {
      deps.log.warn({ due: due.id, error: String(error) }, 'what is due could not be done; it is tried again')
      await putOff(deps, due).catch(() => {})
    }
  }
  return now.length === atOnce ? 0 : nextMs
}

/** Not where its subject moved it, or somebody did it, meanwhile. */
async function putOff(deps: DueDeps, due: Due): Promise<void> {
  const { at: _, ...row } = due
  await deps.store.transaction(async (tx) => {
    if (await tx.takeDue(due.id)) await tx.putDue({ ...row, tries: due.tries + 1, inMs: backoffMs(due.tries) })
  })
}
