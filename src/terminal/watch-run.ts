import { isResting } from '../domain/job.ts'
import type { RunView } from '../domain/run.ts'
import type { StoreReader } from '../ports/reader.ts'
import { exits } from './documents.ts'
import type { LiveCards } from './live-cards.ts'
import type { Look, Subject } from './watch.ts'
import { awaitingStates } from './watch-job.ts'

/** A run as something to watch: its own events and those of its jobs. */
export function watchRun(store: Pick<StoreReader, 'viewRun' | 'viewJob'>, cards: LiveCards, run: string): Subject {
  return {
    id: run,
    async look() {
      const view = await store.viewRun(run)
      return view && describe(view, store, cards)
    },
  }
}

function describe(view: RunView, store: Pick<StoreReader, 'viewJob'>, cards: LiveCards): Look {
  const { run, steps } = view
  const jobs = steps.flatMap(({ job }) => (job === null ? [] : [job]))
  return {
    incident: run.incident,
    state: run.state,
    waitingFor: run.waitingFor,
    isAbout: (event) => (event.job === null ? aboutRun(event.data) === run.id : jobs.includes(event.job)),
    card: () => cards.run(view),
    judge: (through) => judge(view, through),
    async last() {
      const asked = steps.filter(({ jobState }) => awaitingStates.includes(jobState)).flatMap(({ job }) => job ?? [])
      const views = (await Promise.all(asked.map((job) => store.viewJob(job)))).filter((one) => one !== undefined)
      const approvals = await Promise.all(views.map((one) => cards.approval(one)))
      const cases = (await Promise.all(views.map((one) => cards.cases(one)))).flat()
      const manual = view.run.state === 'running' ? steps.filter(({ state }) => state === 'asked') : []
      const asks = await Promise.all(manual.map(({ position }) => cards.manual(view, position)))
      return [await cards.run(view), ...approvals.filter((card) => card !== undefined), ...cases, ...asks]
    },
  }
}

/** The run that an event without a job is about, if any. */
export function aboutRun(data: unknown): string | undefined {
  const named = typeof data === 'object' && data !== null && 'run' in data ? data.run : undefined
  return typeof named === 'string' ? named : undefined
}

function judge({ run, steps }: RunView, through: boolean): number | null {
  if (run.state === 'succeeded') return exits.done
  if (run.state === 'failed' || run.state === 'stopped') return exits.failed
  if (through || run.stopRequestedAt !== null) return null
  if (run.state === 'needs_person') return exits.waits
  const moves = ({ state, jobState }: RunView['steps'][number]) =>
    state === 'started' && (jobState === null || !(isResting(jobState) || awaitingStates.includes(jobState)))
  const awaits = ({ state, jobState }: RunView['steps'][number]) =>
    state === 'asked' || awaitingStates.includes(jobState)
  // As long as anything of it is at work there is something to see.
  return steps.some(awaits) && !steps.some(moves) ? exits.waits : null
}
