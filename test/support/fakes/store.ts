import { digestOf } from '../../../src/domain/digest.ts'
import type { Event } from '../../../src/domain/events.ts'
import type { Incident } from '../../../src/domain/incident.ts'
import { isResting } from '../../../src/domain/job.ts'
import type { RunView } from '../../../src/domain/run.ts'
import type { JobView } from '../../../src/domain/view.ts'
import type { StoreReader } from '../../../src/ports/reader.ts'

/** A store over plain lists. */
export function fakeStore(of: {
  readonly incidents?: readonly Incident[]
  readonly jobs?: readonly JobView[]
  readonly events?: readonly Event[]
  readonly runs?: readonly RunView[]
}): StoreReader {
  const { incidents = [], jobs = [], events = [], runs = [] } = of
  return {
    findIncident: async (number) => incidents.find((one) => one.number === number),
    findIncidentInChannel: async (channel) =>
      incidents.find((one) => one.channel === channel && one.state !== 'closed'),
    listIncidents: async ({ states }) => incidents.filter((one) => !states || states.includes(one.state)),
    viewIncident: async (number) => {
      const incident = incidents.find((one) => one.number === number)
      return incident && { incident, jobs: jobs.filter(({ job }) => job.incident === number) }
    },
    viewJob: async (id) => jobs.find(({ job }) => job.id === id),
    listActiveJobs: async () => jobs.filter(({ job }) => !isResting(job.state)),
    listEvents: async (incident, afterNo, limit) =>
      events.filter((event) => event.incident === incident && event.no > afterNo).slice(0, limit),
    listSucceededJobs: async () => [],
    findLastSucceeded: async (kind, params) =>
      jobs.findLast(
        ({ job }) => job.kind === kind && job.state === 'succeeded' && digestOf(job.params) === digestOf(params),
      ),
    viewRun: async (id) => runs.find(({ run }) => run.id === id),
    listRuns: async (incident) => runs.filter(({ run }) => run.incident === incident),
    findRunOf: async (job) => runs.find(({ steps }) => steps.some((step) => step.job === job))?.run.id,
    listPractised: async () => [...new Set(jobs.map(({ job }) => job.requester))],
    readUpload: async () => undefined,
    lookAtDue: async () => ({ now: [], nextMs: null }),
    listDue: async () => [],
    findAsk: async () => undefined,
    listAsks: async () => [],
    listLocks: async () =>
      jobs.flatMap(({ job }) =>
        job.lockTarget === null || isResting(job.state)
          ? []
          : [{ target: job.lockTarget, job: job.id, reason: job.words, takenAt: job.requestedAt }],
      ),
  }
}
