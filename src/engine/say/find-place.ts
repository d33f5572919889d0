import type { Card } from '../../domain/card.ts'
import { buildLineCard } from '../../domain/cards/line-card.ts'
import { SalvorError } from '../../domain/errors/fail.ts'
import type { Incident } from '../../domain/incident.ts'
import type { Utterance } from '../../domain/person.ts'
import { markChannel, plainText } from '../../domain/text.ts'
import type { StoreReader } from '../../ports/reader.ts'
import { isRunId } from '../moves/run.ts'
import type { IncidentFound } from './find-incident.ts'

/**
 * The incident of the job or run that words name; undefined where they name none. Words are about what is at hand:
 * throws `job_elsewhere` where it belongs to another incident than the one that is meant, by `--incident` or by the
 * channel. A button stands on a card that says what it is about, wherever the card is shown.
 */
export async function findOwner(
  store: StoreReader,
  said: Utterance,
  params: unknown,
  found: IncidentFound,
  incidentNamed: boolean,
): Promise<Incident | undefined> {
  const name = readName(params)
  const number = name === undefined ? undefined : await findNumber(store, name)
  const owner = number === undefined ? undefined : await store.findIncident(number)
  if (name === undefined || !owner || said.via === 'button' || said.via === 'modal') return owner
  const isMeant = incidentNamed ? found.incident?.number === owner.number : await isHere(store, said, owner, found)
  if (isMeant) return owner
  throw new SalvorError('job_elsewhere', {
    ...{ job: name, incident: owner.number, title: plainText(owner.title) },
    where: owner.channel === null ? 'at a terminal' : `in ${markChannel(owner.channel)}`,
  })
}

/** What the asker sees of something that was done quietly, in a thread that is not theirs: where it went. */
export function buildElsewhereCard({ number, title, channel }: Incident): Card {
  const where = channel === null ? '' : ` Its thread is in ${markChannel(channel)}.`
  return buildLineCard(`That went to incident #${number} (${plainText(title)}).${where}`)
}

/**
 * A channel is that of its open incident, else of those that were closed in it. Any other place (a direct message,
 * a terminal) belongs to none, and there a job's name is enough.
 */
async function isHere(store: StoreReader, said: Utterance, owner: Incident, found: IncidentFound): Promise<boolean> {
  const { channel, threadOf } = said
  if (channel === null) return true
  if (threadOf !== undefined) return threadOf === owner.number
  if (found.incident?.channel === channel) return found.incident.number === owner.number
  if (owner.channel === channel) return true
  return !(await store.listIncidents({})).some((one) => one.number > 0 && one.channel === channel)
}

function readName(params: unknown): string | undefined {
  if (typeof params !== 'object' || params === null) return undefined
  const { job, run } = params as { job?: unknown; run?: unknown }
  const name = job ?? run
  return typeof name === 'string' && name !== 'all' ? name : undefined
}

async function findNumber(store: StoreReader, name: string): Promise<number | undefined> {
  if (isRunId(name)) return (await store.viewRun(name))?.run.incident
  return (await store.viewJob(name))?.job.incident
}
