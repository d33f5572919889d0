import { type Ask, listAnswerers } from '../../domain/ask.ts'
import { SalvorError } from '../../domain/errors/fail.ts'
import type { Utterance } from '../../domain/person.ts'
import { markPerson } from '../../domain/text.ts'
import { type CaseAnswer, isCaseOpen } from '../../domain/uat.ts'
import { findCurrentStep, type JobView } from '../../domain/view.ts'
import type { EngineDeps } from '../deps.ts'
import { holdsAny } from '../hold-role.ts'
import { isSamePerson } from '../moves/same-person.ts'
import { type MoveTx, makeMove } from '../once.ts'
import { hasAnswers } from '../work/wait-for-people.ts'

/** One word of a tester about a case of a running acceptance test. */
export interface Judgement {
  readonly job: string
  readonly case: number
  readonly answer: CaseAnswer
  readonly comment: string | null
}

/**
 * Takes a tester's word; the newest counts until the sign-off. Only the people who were asked, only while it is open:
 * until the job's last step begins, which takes the results. Once every case has enough words the job goes on. Errors: job_unknown, case_closed, role_missing.
 */
export async function judgeCase(deps: EngineDeps, said: Utterance, of: Judgement): Promise<void> {
  const view = await deps.store.viewJob(of.job)
  if (!view) throw new SalvorError('job_unknown', { job: of.job })
  const ask = findCase(view, of)
  const roles = listAnswerers(ask)
  if (!(await holdsAny(deps.roles, said.person, roles))) {
    const people = await deps.roles.peopleOf(roles).catch(() => [])
    const others = people.map(markPerson).join(' or ') || `Somebody with the role ${roles.join(' or ')}`
    throw new SalvorError('role_missing', { action: `judge case ${of.case} of ${of.job}`, others })
  }
  const plans = await Promise.all([deps.plans.inForce(), deps.plans.byDigest(view.job.planDigest)])
  await makeMove(deps, said, async (tx) => {
    const now = await tx.lockJob(of.job)
    const open = await tx.lockAsk(ask.subject)
    if (!now || !open || !isCaseOpen(now, open)) throw new SalvorError('case_closed', { job: of.job, case: of.case })
    const at = deps.clock.now().toISOString()
    // Two names are not two testers: whoever judged it under another name changes that word.
    const { person } = open.given.find((one) => isSamePerson(said.person, one.person, plans)) ?? {
      person: said.person.id,
    }
    await tx.addAnswer(open.id, { person, answer: of.answer, evidence: of.comment, at })
    const data = { ask: open.id, question: open.question, answer: of.answer, comment: of.comment }
    await tx.append(open.incident, { type: 'case_judged', job: of.job, actor: said.person.id, data })
    await goOnIfAnswered(tx, of.job)
    return null
  })
}

function findCase(view: JobView, of: Judgement): Ask {
  const ask = view.asks.find((one) => isCaseOpen(view, one) && one.subject.endsWith(`.${of.case}`))
  if (!ask) throw new SalvorError('case_closed', { job: of.job, case: of.case })
  return ask
}

/** Wakes a job whose people have answered enough, or whose time is over; nobody is reminded any more. */
export async function goOnIfAnswered(tx: MoveTx, job: string): Promise<void> {
  const view = await tx.lockJob(job)
  const step = view && findCurrentStep(view)
  if (!view || !step || view.job.state !== 'awaiting_person' || !hasAnswers(view, step)) return
  for (const ask of view.asks) {
    if (ask.state === 'asked' && ask.reminders > 0) await tx.updateAsk(ask.id, { reminders: 0, remindAt: null })
  }
  await tx.updateJob(job, { state: 'running', waitingFor: null })
  const data = { answers: view.asks.reduce((sum, { given }) => sum + given.length, 0) }
  const eventNo = await tx.append(view.job.incident, { type: 'people_answered', job, actor: 'salvor', data })
  tx.wakeLater({ job, eventNo, worker: view.job.worker })
}
