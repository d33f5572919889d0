import type { EngineDeps } from './deps.ts'
import type { Engine } from './engine.ts'
import { approve, reject } from './moves/decide.ts'
import { addNote, closeIncident, openIncident, recordRefusal, recordReport, reopenIncident } from './moves/incidents.ts'
import { requestJob } from './moves/request-job.ts'
import { resume, retry, stop, stopAll, undo } from './moves/steer.ts'

/** Hands the moves of people their dependencies. */
export function createEngine(deps: EngineDeps): Engine {
  return {
    openIncident: (said, of) => openIncident(deps, said, of),
    closeIncident: (said, incident) => closeIncident(deps, said, incident),
    reopenIncident: (said, incident) => reopenIncident(deps, said, incident),
    addNote: (said, incident, text, lesson) => addNote(deps, said, incident, text, lesson),
    recordReport: (said, incident, of) => recordReport(deps, said, incident, of),
    recordRefusal: (said, incident, of) => recordRefusal(deps, said, incident, of),
    requestJob: (said, of) => requestJob(deps, said, of),
    approve: (said, of) => approve(deps, said, of),
    reject: (said, of) => reject(deps, said, of),
    stop: (said, job) => stop(deps, said, job),
    stopAll: (said, incident) => stopAll(deps, said, incident),
    resume: (said, job, settle) => resume(deps, said, job, settle),
    retry: (said, job) => retry(deps, said, job),
    undo: (said, job, words) => undo(deps, said, job, words),
  }
}
