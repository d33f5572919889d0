import type { Utterance } from '../domain/person.ts'
import { judgeCase } from './asks/judge-case.ts'
import type { EngineDeps } from './deps.ts'
import { accept } from './moves/accept.ts'
import { approve, reject } from './moves/decide.ts'
import { approveAlone } from './moves/decide-alone.ts'
import { addNote, closeIncident, openIncident, recordRefusal, recordReport, reopenIncident } from './moves/incidents.ts'
import { handOver, updateIncident } from './moves/lead.ts'
import { followMessage, pinMessage, unpinMessage } from './moves/pins.ts'
import { requestJob } from './moves/request-job.ts'
import { isRunId, markDone, startRun } from './moves/run.ts'
import { resume, retry, stop, stopAll, undo } from './moves/steer.ts'
import { resumeRun, stopRun, stopRunsOf } from './moves/steer-run.ts'

const moves = {
  ...{ openIncident, closeIncident, reopenIncident, handOver, updateIncident, recordReport, recordRefusal },
  ...{ addNote, pinMessage, unpinMessage, followMessage },
  ...{ requestJob, approve, approveAlone, reject, accept, undo, startRun, judgeCase, markDone },
  // People steer jobs and runs by the same words.
  stop: (deps: EngineDeps, said: Utterance, id: string) => (isRunId(id) ? stopRun : stop)(deps, said, id),
  retry: (deps: EngineDeps, said: Utterance, id: string) => (isRunId(id) ? resumeRun : retry)(deps, said, id),
  resume: (deps: EngineDeps, said: Utterance, id: string, settle?: Parameters<typeof resume>[3]) =>
    isRunId(id) ? resumeRun(deps, said, id) : resume(deps, said, id, settle),
  /** Every run and every job of the incident. Runs first: else they would ask for the next job meanwhile. */
  stopAll: async (deps: EngineDeps, said: Utterance, incident: number) => [
    ...(await stopRunsOf(deps, said, incident)),
    ...(await stopAll(deps, said, incident)),
  ],
}

/**
 * All moves that a person can make, each one transaction: state, event and request id together. The same utterance
 * twice answers what the first answered and changes nothing. Rights were checked by the caller against the plan in
 * force; approvals are checked again by their moves. All throw SalvorError.
 */
export type Engine = {
  [Name in keyof typeof moves]: (typeof moves)[Name] extends (deps: EngineDeps, ...of: infer Of) => infer Answer
    ? (...of: Of) => Answer
    : never
}

/** Hands the moves of people their dependencies. */
export function createEngine(deps: EngineDeps): Engine {
  const hand = ([name, move]: [string, (deps: EngineDeps, ...of: never[]) => unknown]) =>
    [name, (...of: never[]) => move(deps, ...of)] as const
  return Object.fromEntries(Object.entries(moves).map(hand)) as Engine
}
