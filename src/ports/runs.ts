import type { JsonObject } from '../domain/json.ts'
import type { Run, RunStep, RunView } from '../domain/run.ts'
import type { JobView } from '../domain/view.ts'

/** Patches name only what changes. */
export type RunPatch = Partial<Pick<Run, 'state' | 'waitingFor' | 'stopRequestedBy' | 'stopRequestedAt' | 'finishedAt'>>
export type RunStepPatch = Partial<
  Pick<RunStep, 'state' | 'attempt' | 'job' | 'askedBy' | 'askedBySlack' | 'doneBy' | 'evidence' | 'doneAt' | 'failure'>
>

/** Runs inside one transaction. Rows are locked in the order run, job, incident. */
export interface RunTx {
  lockRun(id: string): Promise<RunView | undefined>
  /** Every run of one procedure in one incident, oldest first. Sure only under the incident's lock. */
  listRunsOf(incident: number, procedure: string): Promise<Pick<Run, 'id' | 'state'>[]>
  insertRun(run: Run, steps: readonly RunStep[]): Promise<void>
  updateRun(id: string, patch: RunPatch): Promise<void>
  updateRunStep(id: string, patch: RunStepPatch): Promise<void>
}

/** Reading runs; committed state only. */
export interface RunReader {
  viewRun(id: string): Promise<RunView | undefined>
  /** Every run of an incident, oldest first. */
  listRuns(incident: number): Promise<RunView[]>
  /** The newest job of a kind that succeeded with exactly these params: for measured durations. */
  findLastSucceeded(kind: string, params: JsonObject): Promise<JobView | undefined>
  /** The newest run that a job belongs to. */
  findRunOf(job: string): Promise<string | undefined>
}
