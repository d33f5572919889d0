import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { buildLineCard } from '../../src/domain/cards/line-card.ts'
import type { Event } from '../../src/domain/events.ts'
import { type JobState, jobStates } from '../../src/domain/job.ts'
import type { RunView } from '../../src/domain/run.ts'
import { describeWaiting, type Waiting, waitsFor } from '../../src/domain/waiting.ts'
import type { StoreReader } from '../../src/ports/reader.ts'
import { exits, type TerminalDocument } from '../../src/terminal/documents.ts'
import type { LiveCards } from '../../src/terminal/live-cards.ts'
import { follow, type Subject, type Watch } from '../../src/terminal/watch.ts'
import { watchJob } from '../../src/terminal/watch-job.ts'
import { watchRun } from '../../src/terminal/watch-run.ts'
import { fakeJobView, fakeRunStep, fakeRunView } from '../support/fakes/views.ts'

const cards: LiveCards = {
  noteWorker: () => {},
  job: async ({ job }) => buildLineCard(`${job.id} ${job.state}`),
  run: async ({ run }) => buildLineCard(`${run.id} ${run.state}`),
  cases: async () => [],
  manual: async ({ run }, position) => buildLineCard(`Do ${run.id}/${position}`),
  approval: async ({ job }) => buildLineCard(`Approve ${job.id}?`),
  outcome: async (_view, event) => event && buildLineCard(`outcome ${event.type}`),
}

/** A story of one job: what each look finds, and the events that have happened by then. */
function makeStory(
  looks: readonly { state: JobState; events?: readonly string[]; waits?: Waiting | null; fails?: boolean }[],
) {
  let at = -1
  const current = () => looks[Math.min(at, looks.length - 1)]
  const events = (): Event[] =>
    looks
      .slice(0, at + 1)
      .flatMap((look) => look.events ?? [])
      .map(
        (type, index) => ({ no: index + 1, type, job: type.startsWith('other') ? 'verify-9' : 'restore-1' }) as never,
      )
  const store = {
    async viewJob() {
      at += 1
      if (current()?.fails) throw Object.assign(new Error('gone'), { code: 'ECONNREFUSED' })
      return fakeJobView({ state: current()?.state ?? 'running', waitingFor: current()?.waits ?? null })
    },
    listEvents: async (_incident: number, after: number, limit: number) =>
      events()
        .filter(({ no }) => no > after)
        .slice(0, limit),
  } as unknown as StoreReader
  return { store, subject: watchJob(store, cards, 'restore-1'), looks: () => at + 1 }
}

async function watch(store: StoreReader, subject: Subject, of: Partial<Watch> = {}, after = 0) {
  const told: string[] = []
  const tell = (one: TerminalDocument) => {
    if (one.type === 'event') told.push(one.event)
    if (one.type === 'card') told.push(`${one.live ? 'live' : 'last'}: ${one.card.headline}`)
    if (one.type === 'note') told.push(`note: ${one.text}`)
  }
  const describe = (event: Event) => ({ type: 'event', event: event.type }) as never as TerminalDocument
  const signal = new AbortController().signal
  const watching = follow({ store, tell, describe, live: false, through: false, signal, ...of }, subject, after)
  await vi.advanceTimersByTimeAsync(120_000)
  return { ...(await watching), told }
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }))
afterEach(() => void vi.useRealTimers())

describe('watching a job', () => {
  test('tells each of its events once, in order, and how it ended', async () => {
    const { store, subject } = makeStory([
      { state: 'requested', events: ['job_requested', 'other_job'] },
      { state: 'running', events: ['job_planned', 'job_started'] },
      { state: 'running' },
      { state: 'succeeded', events: ['step_done', 'job_succeeded'] },
    ])
    const { exit, state, told } = await watch(store, subject)
    expect(told).toEqual([
      'job_requested',
      'job_planned',
      'job_started',
      'step_done',
      'job_succeeded',
      'last: outcome job_succeeded',
    ])
    expect({ exit, state }).toEqual({ exit: 0, state: 'succeeded' })
  })

  test('tells more events than fit into one answer of the store', async () => {
    const many = Array.from({ length: 450 }, () => 'step_recorded')
    const { store, subject } = makeStory([{ state: 'failed', events: [...many, 'job_failed'] }])
    expect((await watch(store, subject)).told).toHaveLength(452)
  })

  test('tells nothing of what was before the words', async () => {
    const { store, subject } = makeStory([{ state: 'failed', events: ['job_requested', 'job_retried', 'job_failed'] }])
    expect((await watch(store, subject, {}, 1)).told).toEqual(['job_retried', 'job_failed', 'last: outcome job_failed'])
  })

  test('draws the live card anew only when it changed', async () => {
    const looks = ['running', 'running', 'running', 'succeeded'] as const
    const { store, subject } = makeStory(looks.map((state) => ({ state })))
    const { told } = await watch(store, subject, { live: true })
    expect(told).toEqual(['live: restore-1 running', 'live: restore-1 succeeded', 'last: restore-1 succeeded'])
  })

  test('says in lines why it does not move, once for each reason', async () => {
    const [lock, worker] = [waitsFor('lock', { target: 'orders', job: 'fix-1' }), waitsFor('worker', { worker: 'db1' })]
    const { store, subject } = makeStory([
      { state: 'requested', waits: lock },
      // As the store hands it out: its facts in another order.
      { state: 'requested', waits: waitsFor('lock', { job: 'fix-1', target: 'orders' }) },
      { state: 'requested', waits: worker },
      { state: 'failed' },
    ])
    const { told } = await watch(store, subject)
    expect(told.filter((one) => one.startsWith('note'))).toEqual([
      `note: restore-1 waits: ${describeWaiting(lock)}`,
      `note: restore-1 waits: ${describeWaiting(worker)}`,
    ])
  })

  test.each([
    ['awaiting_approval', false, exits.waits],
    ['awaiting_person', false, exits.waits],
    ['needs_person', false, exits.waits],
    ['succeeded', true, exits.done],
    ['failed', true, exits.failed],
    ['stopped', true, exits.failed],
    ['rejected', true, exits.failed],
  ] as const)('ends where it is %s', async (state, through, expected) => {
    const { store, subject } = makeStory([{ state: 'running' }, { state }])
    expect((await watch(store, subject, { through })).exit).toBe(expected)
  })

  test('goes on beyond what waits for somebody, if wanted', async () => {
    const { store, subject } = makeStory([{ state: 'awaiting_approval' }, { state: 'running' }, { state: 'succeeded' }])
    expect(await watch(store, subject, { through: true })).toMatchObject({ exit: 0, state: 'succeeded' })
  })

  test('ends in every state in which nothing moves by itself, and in no other', async () => {
    const moving: JobState[] = ['requested', 'planned', 'running']
    for (const state of jobStates) {
      const look = await watchJob({ viewJob: async () => fakeJobView({ state }) }, cards, 'restore-1').look()
      expect(look?.judge(false) === null, state).toBe(moving.includes(state))
    }
  })

  test('waits for what somebody wanted put away or stopped', async () => {
    for (const changes of [
      { state: 'failed', cleanUpRequestedBy: 'alice' },
      { state: 'awaiting_approval', stopRequestedAt: '2026-02-28T18:00:00.000Z' },
    ] as const) {
      const look = await watchJob({ viewJob: async () => fakeJobView(changes) }, cards, 'restore-1').look()
      expect(look?.judge(false)).toBeNull()
    }
  })

  test('bears with a store that is away for a while', async () => {
    const away = Array.from({ length: 20 }, () => ({ state: 'running' as const, fails: true }))
    const { store, subject } = makeStory([{ state: 'running' }, ...away, { state: 'succeeded' }])
    expect(await watch(store, subject)).toMatchObject({ exit: 0 })
  })

  test('gives up on a store that stays away, and says that the job goes on', async () => {
    const { store, subject } = makeStory([{ state: 'running' }, { state: 'running', fails: true }])
    const { exit, told } = await watch(store, subject)
    expect(exit).toBe(exits.lost)
    expect(told.at(-1)).toMatch(/ECONNREFUSED.*restore-1 goes on/)
  })

  test('ends at once when nobody watches any more', async () => {
    const gone = new AbortController()
    const { store, subject, looks } = makeStory([{ state: 'running' }])
    const watching = watch(store, subject, { signal: gone.signal })
    gone.abort()
    expect(await watching).toMatchObject({ exit: exits.unwatched })
    expect(looks()).toBe(1)
  })
})

describe('watching a run', () => {
  const look = async (view: RunView) => {
    const store = { viewRun: async () => view, viewJob: async () => fakeJobView({ state: 'awaiting_approval' }) }
    return (await watchRun(store, cards, 'run-1').look()) ?? expect.fail()
  }

  test.each([
    ['works', [fakeRunStep({ jobState: 'running' })], null],
    [
      'is about to start its next step',
      [fakeRunStep({ jobState: 'succeeded' }), fakeRunStep({ state: 'waiting' })],
      null,
    ],
    ['has one step waiting and another at work', [fakeRunStep({ jobState: 'awaiting_approval' }), fakeRunStep()], null],
    ['waits for an approval', [fakeRunStep({ jobState: 'awaiting_approval' })], exits.waits],
    ['waits for a manual step', [fakeRunStep({ state: 'asked', job: null, jobState: null })], exits.waits],
  ] as const)('that %s is judged so', async (_what, steps, expected) => {
    expect((await look(fakeRunView({}, steps))).judge(false)).toBe(expected)
  })

  test.each([
    ['succeeded', exits.done],
    ['failed', exits.failed],
    ['stopped', exits.failed],
    ['needs_person', exits.waits],
  ] as const)('that is %s has ended', async (state, expected) => {
    expect((await look(fakeRunView({ state }))).judge(false)).toBe(expected)
  })

  test('is about its own events and those of its jobs', async () => {
    const one = await look(fakeRunView({}, [fakeRunStep({ job: 'restore-1' })]))
    const event = (job: string | null, data: object) => ({ job, data }) as unknown as Event
    expect(one.isAbout(event('restore-1', {}))).toBe(true)
    expect(one.isAbout(event(null, { run: 'run-1' }))).toBe(true)
    expect(one.isAbout(event('restore-2', {}))).toBe(false)
    expect(one.isAbout(event(null, { run: 'run-2' }))).toBe(false)
    expect(one.isAbout(event(null, { text: 'run-1' }))).toBe(false)
  })

  test('shows what is asked of whom', async () => {
    const manual = fakeRunStep({ position: 2, state: 'asked', job: null, jobState: null })
    const one = await look(fakeRunView({}, [fakeRunStep({ jobState: 'awaiting_approval' }), manual]))
    const headlines = (await one.last([])).map(({ headline }) => headline)
    expect(headlines).toEqual(['run-1 running', 'Approve restore-1?', 'Do run-1/2'])
  })
})
