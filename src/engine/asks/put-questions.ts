import { type AskTerms, describePut } from '../../domain/ask.ts'
import { readProcedure } from '../../domain/procedure.ts'
import { listOwners } from '../../domain/scope.ts'
import { findCurrentStep } from '../../domain/view.ts'
import type { Unasked } from '../../ports/asks.ts'
import type { EngineDeps } from '../deps.ts'
import { type MoveTx, makeMove } from '../once.ts'
import { askedBy } from '../work/wait-for-people.ts'

/** How often whoever is asked is reminded, and how many times: a night has other things to ring for. */
const REMIND_EVERY_MS = 900_000
const REMINDERS = 2

/** Whoever did something by hand, or looked at a target, says how they know. */
const byHand = {
  ...{ needed: 1, evidence: true, answerWithinMs: null },
  ...{ remindEveryMs: REMIND_EVERY_MS, reminders: REMINDERS },
} as const

/**
 * Asks people about everything that waits for them and that nobody was asked about: manual steps whose turn has come,
 * and doubts that a target could not settle. Whoever keeps order does so, since workers ask nobody; each is asked once.
 */
export async function putQuestions(deps: EngineDeps): Promise<void> {
  for (const one of await deps.store.listUnasked()) {
    await askAbout(deps, one).catch((error: unknown) => {
      deps.log.warn({ subject: one.subject, error: String(error) }, 'people could not be asked')
    })
  }
}

function askAbout(deps: EngineDeps, one: Unasked): Promise<void> {
  if (one.kind === 'manual') return askForStep(deps, one)
  return one.kind === 'doubt' ? askAboutDoubt(deps, one) : askOfJob(deps, one)
}

/** What the step that a job is at wants to know, from its register and the plan that it is pinned to. */
async function askOfJob(deps: EngineDeps, { job: id }: Unasked & { kind: 'step' }): Promise<void> {
  await makeMove(deps, null, async (tx) => {
    const view = await tx.lockJob(id)
    const step = view && findCurrentStep(view)
    const kind = view && deps.jobs.find(view.job.kind)
    const definition = kind?.steps.find(({ name }) => name === step?.name)
    const isAsked = view?.asks.some(
      ({ state, subject }) => step && state !== 'withdrawn' && subject.startsWith(askedBy(step)),
    )
    if (!view || !step || !kind || !definition?.asks || view.job.state !== 'awaiting_person' || isAsked) return null
    const plan = await deps.plans.byDigest(view.job.planDigest)
    const params = kind.params.parse(view.job.params) as never
    for (const { about, ...terms } of definition.asks({ job: view.job, params, plan, now: deps.clock.now() })) {
      const where = { kind: terms.question.code, incident: view.job.incident, run: null, job: id } as const
      await ask(tx, { ...terms, ...where, subject: `${askedBy(step)}${about}` })
    }
    return null
  })
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
    await ask(tx, {
      ...byHand,
      ...{ kind: 'doubt', incident: view.job.incident, run: null, job: id, subject, answers: ['done', 'not_done'] },
      question: { code: 'doubt', facts: { job: id, step: step.name } },
      roles: listOwners(plan, system),
      ...{ escalateTo: [], escalateAfterMs: null },
    })
    return null
  })
}

/** What the plan names nobody for is not asked: it waits until a plan does. */
async function ask(tx: MoveTx, terms: AskTerms): Promise<void> {
  if (terms.roles.length === 0) return
  const put = await tx.putAsk(terms)
  if (!put) return
  await tx.append(terms.incident, { type: 'people_asked', job: terms.job, actor: 'salvor', data: describePut(put) })
}
