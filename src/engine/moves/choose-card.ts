import type { Approval } from '../../domain/approval.ts'
import { readShortCode, shortCode } from '../../domain/digest.ts'
import { SalvorError } from '../../domain/errors/fail.ts'
import type { Utterance } from '../../domain/person.ts'
import type { JobView } from '../../domain/view.ts'
import { approvalCode, needsWindow } from '../../domain/whole-commands.ts'
import type { EngineDeps } from '../deps.ts'
import { type MoveTx, makeMove } from '../once.ts'

/** Which approval of a job is meant. */
export interface Chosen {
  readonly job: string
  /** Carried by a button: exactly that card. */
  readonly digest?: string
  /** Typed: the code of the card that was read. */
  readonly code?: string
}

/** So many wrong codes close an approval to words: nobody finds one of a thousand million in five tries. */
const WRONG_AT_MOST = 5

/**
 * By digest or code exactly that card. Words without a code, or with one of no card, are about the newest as far as
 * rights go; `needCard` and `refuseWrongCode` see to it that they decide nothing.
 */
export function chooseApproval(view: JobView, of: Chosen): Approval {
  const newest = view.approvals.at(-1)
  if (!newest) throw new SalvorError('approval_none', { job: view.job.id })
  if (of.digest === undefined && of.code === undefined) return newest
  if (isMeant(newest, of)) return newest
  const older = view.approvals.findLast((one) => isMeant(one, of))
  if (older && !view.approvals.some((one) => one.state === 'asked')) return older
  if (older || of.digest !== undefined) throw new SalvorError('approval_stale')
  return newest
}

function isMeant(approval: Approval, { digest, code }: Chosen): boolean {
  if (digest !== undefined) return approval.digest === digest
  if (code === undefined) return false
  return [shortCode(approval.digest), approvalCode(approval)].includes(readShortCode(code))
}

/**
 * What is longer than its card is approved only by whoever was shown all of it: in the window that Approve opens, or
 * with the code that stands below the last line there. The card's own code rejects.
 */
export function needWhole(said: Utterance, of: Chosen, approval: Approval): void {
  if (!needsWindow(approval.subject)) return
  const wasShown =
    of.digest === undefined
      ? of.code !== undefined && readShortCode(of.code) === approvalCode(approval)
      : said.via !== 'button'
  if (!wasShown) throw new SalvorError('approval_unread', { job: of.job })
}

/** Counts a code that is none of this card's, in a transaction of its own so that it stays counted; then refuses. */
export async function refuseWrongCode(
  deps: EngineDeps,
  said: Utterance,
  of: Chosen,
  approval: Approval,
): Promise<void> {
  const { job } = of
  if (of.digest !== undefined || of.code === undefined || isMeant(approval, of)) return
  // Once for each time that it was said, however often it was delivered.
  const left = await makeMove(deps, { ...said, requestId: `${said.requestId}/code` }, async (tx) => {
    const view = await tx.lockJob(job)
    const newest = view?.approvals.at(-1)
    if (!view || newest?.id !== approval.id || newest.state !== 'asked') return null
    const wrong = (await tx.countWrongCodes(newest.id)) + 1
    if (wrong > WRONG_AT_MOST) return 0
    await tx.addWrongCode(newest.id, said.person.id)
    if (wrong === WRONG_AT_MOST) {
      const data = { approval: newest.id, action: newest.subject.action, wrong }
      await tx.append(view.job.incident, { type: 'approval_closed', job, actor: said.person.id, data })
    }
    return WRONG_AT_MOST - wrong
  })
  if (left === null) throw new SalvorError('approval_stale')
  throw left > 0 ? new SalvorError('approval_code_wrong', { job, left }) : new SalvorError('approval_closed', { job })
}

/**
 * What words have to bring beside the right: the code of this very card, which was delivered before they were said,
 * and for which not too many wrong ones were typed. A button carries the digest and needs nothing of this.
 */
export async function needCard(tx: MoveTx, said: Utterance, of: Chosen, approval: Approval): Promise<void> {
  const { job } = of
  if (of.digest !== undefined) return
  if (of.code === undefined) throw new SalvorError('approval_code', { job })
  if ((await tx.countWrongCodes(approval.id)) >= WRONG_AT_MOST) throw new SalvorError('approval_closed', { job })
  if (!isMeant(approval, of)) throw new SalvorError('approval_stale')
  if (!(await tx.wasDelivered(approval.id, said.person, said.at))) throw new SalvorError('approval_unseen', { job })
}
