import { SalvorError } from '../../domain/errors/fail.ts'
import { leadOf } from '../../domain/incident.ts'
import type { Utterance } from '../../domain/person.ts'
import type { EngineDeps } from '../deps.ts'
import { makeMove } from '../once.ts'
import { lockIncidentOrFail } from './incidents.ts'

/** Another person leads the incident from now on. Throws `handover_same` where they do already. */
export async function handOver(deps: EngineDeps, said: Utterance, number: number, to: string): Promise<void> {
  await makeMove(deps, said, async (tx) => {
    const incident = await lockIncidentOrFail(tx, number)
    const from = leadOf(incident)
    if (from === to) throw new SalvorError('handover_same', { number })
    await tx.updateIncident(number, { lead: to })
    return tx.append(number, { type: 'incident_handed_over', actor: said.person.id, data: { from, to } })
  })
}

/** Words for those who wait for the outcome; they stay on the root card until the next ones. */
export async function updateIncident(
  deps: EngineDeps,
  said: Utterance,
  number: number,
  of: { readonly text: string; readonly severity: 1 | 2 | 3 | 4 | null },
): Promise<void> {
  await makeMove(deps, said, async (tx) => {
    const incident = await lockIncidentOrFail(tx, number)
    const { text } = of
    const severity = of.severity === incident.severity ? null : of.severity
    const updated = { updateText: text, updatedBy: said.person.id, updatedAt: deps.clock.now().toISOString() }
    await tx.updateIncident(number, { ...updated, ...(severity === null ? {} : { severity }) })
    return tx.append(number, { type: 'incident_updated', actor: said.person.id, data: { text, severity } })
  })
}
