import { type Ask, listAnswerers } from '../../domain/ask.ts'
import type { Due } from '../../domain/due.ts'
import { goOnIfAnswered } from '../asks/judge-case.ts'
import type { EngineDeps } from '../deps.ts'
import { type MoveTx, makeMove } from '../once.ts'

/** Whoever was asked is reminded, again and again for as many times as the question says. */
export const remindAsked = onOpen(async (deps, tx, ask) => {
  const reminders = ask.reminders - 1
  const next = new Date(deps.clock.now().getTime() + (ask.remindEveryMs ?? 0)).toISOString()
  await tx.updateAsk(ask.id, { reminders, remindAt: reminders > 0 ? next : null })
  const data = { ...nameAsk(ask), roles: listAnswerers(ask) }
  await tx.append(ask.incident, { type: 'ask_reminded', job: ask.job, actor: 'salvor', data })
})

/** After its time the people of other roles may answer as well. */
export const askOthers = onOpen(async (deps, tx, ask) => {
  await tx.updateAsk(ask.id, { escalatedAt: deps.clock.now().toISOString() })
  const data = { ...nameAsk(ask), to: [...ask.escalateTo] }
  await tx.append(ask.incident, { type: 'ask_escalated', job: ask.job, actor: 'salvor', data })
})

/** Nobody answered, or too few did: no answer is taken any more. */
export const expireAsk = onOpen(async (_deps, tx, ask) => {
  await tx.updateAsk(ask.id, { state: 'expired' })
  await tx.append(ask.incident, { type: 'ask_expired', job: ask.job, actor: 'salvor', data: nameAsk(ask) })
  if (ask.job !== null) await goOnIfAnswered(tx, ask.job)
})

function nameAsk({ id, kind, subject, question }: Ask) {
  return { ask: id, kind, subject, question }
}

/** Locked in the order run, job, incident, ask, due, so that no answer waits the other way round. */
function onOpen(
  move: (deps: EngineDeps, tx: MoveTx, ask: Ask) => Promise<void>,
): (deps: EngineDeps, due: Due) => Promise<void> {
  return async (deps, due) => {
    const seen = await deps.store.findAsk(due.subject)
    await makeMove(deps, null, async (tx) => {
      if (seen?.run != null) await tx.lockRun(seen.run)
      if (seen?.job != null) await tx.lockJob(seen.job)
      await tx.lockIncident(due.incident)
      const ask = seen && (await tx.lockAsk(seen.subject))
      if (!(await tx.takeDue(due.id))) return null
      if (ask?.id === due.subject) await move(deps, tx, ask)
      return null
    })
  }
}
