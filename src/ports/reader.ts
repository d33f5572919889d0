import type { Event } from '../domain/events.ts'
import type { Incident } from '../domain/incident.ts'
import type { IncidentView, JobView } from '../domain/view.ts'
import type { AskReader } from './asks.ts'
import type { DueReader } from './due.ts'
import type { RunReader } from './runs.ts'
import type { Upload } from './shared-files.ts'

/** Reading the store without changing it. All methods see committed state only. */
export interface StoreReader extends RunReader, DueReader, AskReader {
  findIncident(number: number): Promise<Incident | undefined>
  /** The open or recovered incident of a channel. */
  findIncidentInChannel(channel: string): Promise<Incident | undefined>
  listIncidents(filter: { readonly states?: readonly Incident['state'][] }): Promise<Incident[]>
  viewIncident(number: number): Promise<IncidentView | undefined>
  viewJob(job: string): Promise<JobView | undefined>
  /** Jobs that are not resting, over all incidents. */
  listActiveJobs(): Promise<JobView[]>
  /** Events after `afterNo`, in order, at most `limit`. */
  listEvents(incident: number, afterNo: number, limit: number): Promise<Event[]>
  /** Past jobs of a kind that succeeded for one lock target, newest first: for measured durations and last proofs. */
  listSucceededJobs(kind: string, lockTarget: string, limit: number): Promise<JobView[]>
  /** People who have ever asked for, approved or rejected something that restores: they have practised. */
  listPractised(): Promise<string[]>
  /** What somebody shared to be run, by its hash; undefined where the store holds nothing that has this hash. */
  readUpload(sha256: string): Promise<Upload | undefined>
  listLocks(): Promise<{ target: string; job: string; reason: string; takenAt: string }[]>
}
