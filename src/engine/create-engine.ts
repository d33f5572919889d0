import { judgeCase } from './asks/judge-case.ts'
import type { EngineDeps } from './deps.ts'
import type { Engine } from './engine.ts'
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

/** Hands the moves of people their dependencies. */
export function createEngine(deps: EngineDeps): Engine {
  return {
    openIncident: (said, of) => openIncident(deps, said, of),
    closeIncident: (said, incident, reason) => closeIncident(deps, said, incident, reason),
    reopenIncident: (said, incident) => reopenIncident(deps, said, incident),
    handOver: (said, incident, to) => handOver(deps, said, incident, to),
    updateIncident: (said, incident, of) => updateIncident(deps, said, incident, of),
    pinMessage: (said, incident, message) => pinMessage(deps, said, incident, message),
    unpinMessage: (said, incident, ts) => unpinMessage(deps, said, incident, ts),
    followMessage: (said, incident, of) => followMessage(deps, said, incident, of),
    addNote: (said, incident, text, lesson) => addNote(deps, said, incident, text, lesson),
    recordReport: (said, incident, of) => recordReport(deps, said, incident, of),
    recordRefusal: (said, incident, of) => recordRefusal(deps, said, incident, of),
    requestJob: (said, of) => requestJob(deps, said, of),
    approve: (said, of) => approve(deps, said, of),
    approveAlone: (said, of) => approveAlone(deps, said, of),
    reject: (said, of) => reject(deps, said, of),
    startRun: (said, of) => startRun(deps, said, of),
    judgeCase: (said, of) => judgeCase(deps, said, of),
    markDone: (said, of) => markDone(deps, said, of),
    // People steer jobs and runs by the same words.
    stop: (said, id) => (isRunId(id) ? stopRun(deps, said, id) : stop(deps, said, id)),
    // Runs first: else they would ask for the next job while this one is being stopped.
    stopAll: async (said, incident) => [
      ...(await stopRunsOf(deps, said, incident)),
      ...(await stopAll(deps, said, incident)),
    ],
    resume: (said, id, settle) => (isRunId(id) ? resumeRun(deps, said, id) : resume(deps, said, id, settle)),
    accept: (said, id, of) => accept(deps, said, id, of),
    retry: (said, id) => (isRunId(id) ? resumeRun(deps, said, id) : retry(deps, said, id)),
    undo: (said, job, words) => undo(deps, said, job, words),
  }
}
