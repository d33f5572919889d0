import { SalvorError } from '../../domain/errors/fail.ts'
import type { Incident } from '../../domain/incident.ts'
import type { Utterance } from '../../domain/person.ts'
import type { StoreReader } from '../../ports/reader.ts'
import type { CommandContext } from '../define-command.ts'

/** The incident that is meant, or the error that `needIncident` throws where one is needed. */
export type IncidentFound =
  | { readonly incident: Incident; readonly missing?: undefined }
  | { readonly incident: undefined; readonly missing: SalvorError }

/**
 * `--incident` before the thread before the channel before the only one that is not closed. A number that nobody gave an
 * incident throws at once: a typo must not lead to another incident.
 */
export async function findIncident(store: StoreReader, said: Utterance, flag: number | null): Promise<IncidentFound> {
  if (flag !== null) {
    const incident = flag === 0 ? undefined : await store.findIncident(flag)
    if (!incident) throw new SalvorError('incident_unknown', { number: flag })
    return { incident }
  }
  const ofThread = said.threadOf === undefined ? undefined : await store.findIncident(said.threadOf)
  if (ofThread) return { incident: ofThread }
  const here = said.channel === null ? undefined : await store.findIncidentInChannel(said.channel)
  if (here) return { incident: here }
  const [only, ...more] = await store.listIncidents({ states: ['open', 'recovered'] })
  if (only === undefined) return { incident: undefined, missing: new SalvorError('incident_none') }
  if (more.length === 0) return { incident: only }
  const known = [only, ...more].map(({ number, title }) => `#${number} ${title}`).join(', ')
  const facts = { count: more.length + 1, known }
  return { incident: undefined, missing: new SalvorError('incident_several', facts) }
}

/**
 * The incident that is meant; where none is open in this channel, the one that was closed here last. For what
 * people do after the end: read the report again, open again.
 */
export async function findThisOrLastClosed(context: CommandContext): Promise<Incident> {
  const { incident, said, store } = context
  // Elsewhere's only open incident is not what somebody means who stands in the channel of a closed one.
  const isHere = said.channel === null || incident?.channel === said.channel
  if (incident && (context.incidentNamed || isHere)) return incident
  const closed = await store.listIncidents({ states: ['closed'] })
  // A terminal stands in no channel: there the last one that was closed anywhere is meant.
  const here = closed.filter((one) => one.number > 0 && (said.channel === null || one.channel === said.channel))
  const last = here.sort((one, other) => other.number - one.number)[0]
  return last ?? context.needIncident()
}
