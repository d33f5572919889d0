import { SalvorError } from '../../domain/errors/fail.ts'
import type { EventMap } from '../../domain/events.ts'
import { type Incident, incidentMoves } from '../../domain/incident.ts'
import { isResting } from '../../domain/job.ts'
import type { Json } from '../../domain/json.ts'
import type { Utterance } from '../../domain/person.ts'
import type { EngineDeps } from '../deps.ts'
import { type MoveTx, makeMove } from '../once.ts'

async function readBack(deps: EngineDeps, number: Json): Promise<Incident> {
  const incident = await deps.store.findIncident(Number(number))
  if (!incident) throw new SalvorError('incident_unknown', { number: String(number) })
  return incident
}

/** Opens an incident; a channel has at most one that is not closed. */
export async function openIncident(
  deps: EngineDeps,
  said: Utterance,
  of: Pick<Incident, 'title' | 'severity' | 'system' | 'channel' | 'beganAt' | 'beganSource' | 'deadline'>,
): Promise<Incident> {
  if (of.channel) {
    const open = await deps.store.findIncidentInChannel(of.channel)
    // The second delivery of the very command that opened it is answered below, not refused.
    if (open && !(await wasSaid(deps, said))) throw new SalvorError('incident_open_already', { number: open.number })
  }
  const number = await makeMove(deps, said, async (tx) => {
    const next = await tx.nextNumber('incident')
    await tx.insertIncident({
      number: next,
      ...of,
      state: 'open',
      openedBy: said.person.id,
      openedAt: deps.clock.now().toISOString(),
      recoveredAt: null,
      closedAt: null,
    })
    const { title, severity, system, beganAt, beganSource, deadline, channel } = of
    const data = { title, severity, system, beganAt, beganSource, deadline, channel }
    await tx.append(next, { type: 'incident_opened', actor: said.person.id, data })
    return next
  })
  return readBack(deps, number)
}

/** True if this request was committed before. Only a look: the claim itself is made in the move. */
async function wasSaid(deps: EngineDeps, said: Utterance): Promise<boolean> {
  const undone = new Error('only looking')
  try {
    await deps.store.transaction(async (tx) => {
      const earlier = await tx.claimRequest(said.requestId)
      if (earlier) return
      throw undone
    })
    return true
  } catch (error) {
    if (error === undone) return false
    throw error
  }
}

/** An incident that somebody named, locked. */
export async function lockIncidentOrFail(tx: MoveTx, number: number): Promise<Incident> {
  const incident = await tx.lockIncident(number)
  if (!incident) throw new SalvorError('incident_unknown', { number })
  return incident
}

/** The same where it may become so; throws move_illegal. */
async function lockMovable(tx: MoveTx, number: number, to: Incident['state'], move: string): Promise<Incident> {
  const incident = await lockIncidentOrFail(tx, number)
  if (incidentMoves[incident.state].includes(to)) return incident
  throw new SalvorError('move_illegal', { job: `#${number}`, state: incident.state, move })
}

/**
 * Closes an incident that has nothing at work. Kept old databases stay. `reason` says why it is closed without recovery:
 * of one that was recovered, as it stands under the lock, none is kept.
 */
export async function closeIncident(
  deps: EngineDeps,
  said: Utterance,
  number: number,
  reason: string | null,
): Promise<Incident> {
  const view = await deps.store.viewIncident(number)
  const runs = (await deps.store.listRuns(number)).filter(({ run }) => run.state === 'running').map(({ run }) => run.id)
  const jobs = view?.jobs.filter((job) => !isResting(job.job.state)).map((job) => job.job.id) ?? []
  const active = [...runs, ...jobs]
  if (active.length > 0) throw new SalvorError('incident_jobs_active', { number, jobs: active.join(', ') })
  await makeMove(deps, said, async (tx) => {
    const incident = await lockMovable(tx, number, 'closed', 'be closed')
    await tx.updateIncident(number, { state: 'closed', closedAt: deps.clock.now().toISOString() })
    const why = incident.state === 'open' ? reason : null
    const data = { by: said.person.id, reason: why }
    await tx.append(number, { type: 'incident_closed', actor: said.person.id, data })
    return number
  })
  return readBack(deps, number)
}

export async function reopenIncident(deps: EngineDeps, said: Utterance, number: number): Promise<Incident> {
  await makeMove(deps, said, async (tx) => {
    await lockMovable(tx, number, 'open', 'be reopened')
    await reopen(tx, number, said.person.id)
    return number
  })
  return readBack(deps, number)
}

/**
 * What begins in a closed incident, such as an undo, opens it again: nobody is told of a closed one that it waits for
 * them. It stays closed where its channel has another one by now.
 */
export async function reopenClosed(deps: EngineDeps, tx: MoveTx, number: number, by: string): Promise<void> {
  const incident = await lockIncidentOrFail(tx, number)
  if (incident.state !== 'closed') return
  const other = incident.channel === null ? undefined : await deps.store.findIncidentInChannel(incident.channel)
  if (!other) await reopen(tx, number, by)
}

async function reopen(tx: MoveTx, number: number, by: string): Promise<void> {
  await tx.updateIncident(number, { state: 'open', closedAt: null, recoveredAt: null })
  await tx.append(number, { type: 'incident_reopened', actor: by, data: { by } })
}

export async function addNote(
  deps: EngineDeps,
  said: Utterance,
  number: number,
  text: string,
  lesson: boolean,
): Promise<void> {
  await makeMove(deps, said, (tx) =>
    tx.append(number, { type: 'note_added', actor: said.person.id, data: { text, lesson } }),
  )
}

export async function recordReport(
  deps: EngineDeps,
  said: Utterance,
  number: number,
  of: { sha256: string; events: number; bytes: number },
): Promise<void> {
  // A report is made in the course of another command, so it has a request id of its own.
  await makeMove(deps, { ...said, requestId: `${said.requestId}/report` }, (tx) =>
    tx.append(number, { type: 'report_made', actor: said.person.id, data: of }),
  )
}

/** Refusals belong on the record too: in the incident's journal, or in `system` where there is none. */
export async function recordRefusal(
  deps: EngineDeps,
  said: Utterance,
  number: number | null,
  of: EventMap['refused'],
): Promise<void> {
  await makeMove(deps, { ...said, requestId: `${said.requestId}/refused` }, (tx) =>
    tx.append(number ?? 0, { type: 'refused', actor: said.person.id, data: of }),
  )
}
