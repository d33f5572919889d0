import type { AskTerms } from '../../domain/ask.ts'
import { readProcedure } from '../../domain/procedure.ts'
import type { Unasked } from '../../ports/asks.ts'
import type { EngineDeps } from '../deps.ts'
import { type MoveTx, makeMove } from '../once.ts'

/** How often whoever is asked is reminded, and how many times: a night has other things to ring for. */
const REMIND_EVERY_MS = 900_000
const REMINDERS = 2

/** Whoever did something by hand, or looked at a target, says how they know. */
const byHand = {
  ...{ people: [], needed: 1, evidence: true, secondFactor: null, answerWithinMs: null },
  ...{ remindEveryMs: REMIND_EVERY_MS, reminders: REMINDERS },
} as const

/**
 * Asks people about everything that waits for them and that nobody was asked about: manual steps whose turn has come,
 * and doubts that a target could not settle. Whoever keeps order does so, since workers ask nobody; each is asked once.
 */
export async function putQuestions(deps: EngineDeps): Promise<void> {
  for (const one of await deps.store.listUnasked()) {
    await (one.kind === 'manual' ? askForStep(deps, one) : askAboutDoubt(deps, one)).catch((error: unknown) => {
      deps.log.warn({ subject: one.subject, error: String(error) }, 'people could not be asked')
    })
  }
}

async function askForStep(deps: EngineDeps, { run: id, subject }: Unasked & { kind: 'manual' }): Promise<void> {
  await makeMove(deps, null, async (tx) => {
    const view = await tx.lockRun(id)
    const step = view?.steps.find((one) => one.id === subject)
    if (view?.run.state !== 'running' || step?.state !== 'asked') return null
    const { run } = view
    const plan = await deps.plans.byDigest(run.planDigest)
    const written = readProcedure(plan, run.procedure)?.find(({ position }) => position === step.position)
    await tx.lockIncident(run.incident)
    const { position, about, owner } = step
    await ask(tx, {
      ...byHand,
      ...{ kind: 'manual', incident: run.incident, run: id, job: null, subject, answers: ['done'] },
      question: { code: 'manual', facts: { run: id, step: position, title: about } },
      roles: owner === null ? [] : [owner],
      escalateTo: written?.escalateTo ?? [],
      escalateAfterMs: written?.escalateAfterMs ?? null,
    })
    return null
  })
}

async function askAboutDoubt(deps: EngineDeps, { job: id, subject }: Unasked & { kind: 'doubt' }): Promise<void> {
  const plan = await deps.plans.inForce()
  await makeMove(deps, null, async (tx) => {
    const view = await tx.lockJob(id)
    const step = view?.steps.find((one) => one.id === subject)
    const kind = view && deps.jobs.find(view.job.kind)
    if (!view || !kind || view.job.state !== 'needs_person' || step?.state !== 'needs_person') return null
    const system = kind.system(kind.params.parse(view.job.params) as never)
    const owner = system !== null && Object.hasOwn(plan.systems, system) ? plan.systems[system]?.owner : undefined
    await ask(tx, {
      ...byHand,
      ...{ kind: 'doubt', incident: view.job.incident, run: null, job: id, subject, answers: ['done', 'not_done'] },
      question: { code: 'doubt', facts: { job: id, step: step.name } },
      roles: owner === undefined ? Object.keys(plan.roles) : [owner],
      ...{ escalateTo: [], escalateAfterMs: null },
    })
    return null
  })
}

async function ask(tx: MoveTx, terms: AskTerms): Promise<void> {
  const put = await tx.putAsk(terms)
  if (!put) return
  const { id, kind, question, roles, people, answers, needed, answerBy } = put
  const data = {
    ask: id,
    kind,
    question,
    roles: [...roles],
    people: [...people],
    answers: [...answers],
    needed,
    answerBy,
  }
  await tx.append(terms.incident, { type: 'people_asked', job: terms.job, actor: 'salvor', data })
}
