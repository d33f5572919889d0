import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JobState } from '../../src/domain/job.ts'
import { mayMoveRun, type Run, type RunStepView } from '../../src/domain/run.ts'
import { listDependants } from '../../src/domain/run-graph.ts'
import { findProgress, type RunStepStatus, statusOf } from '../../src/domain/run-progress.ts'
import { type Planned, planned } from '../support/arbitrary-procedures.ts'

let cases = 0
const check = <T>(arbitrary: fc.Arbitrary<T>, work: (value: T) => void, numRuns = 600) =>
  fc.assert(
    fc.property(arbitrary, (value) => {
      cases += 1
      work(value)
    }),
    { numRuns },
  )

/** A run of it that plays itself: steps start when they are ready, jobs end as the fate of each step says. */
function startRun({ steps, graph }: Planned, from = 1): { run: Run; steps: RunStepView[] } {
  const run = { id: 'run-1', state: 'running', stopRequestedAt: null } as Run
  const views = steps.map((one) => ({
    ...one,
    ...{ id: `run-1/${one.position}`, run: 'run-1', after: graph.get(one.position) ?? [], attempt: 1, job: null },
    state: one.position < from ? ('skipped' as const) : ('waiting' as const),
    jobState: null,
  }))
  return { run, steps: views as unknown as RunStepView[] }
}

type World = ReturnType<typeof startRun>

const change = (world: World, position: number, patch: Partial<RunStepView>): World => ({
  ...world,
  steps: world.steps.map((one) => (one.position === position ? { ...one, ...patch } : one)),
})

const begin = (world: World, position: number): World => {
  const found = world.steps.find((one) => one.position === position)
  if (found?.verb === 'manual') return change(world, position, { state: 'asked' })
  return change(world, position, { state: 'started', job: `job-${position}`, jobState: 'running' })
}

const end = (world: World, position: number, as: JobState): World => {
  const found = world.steps.find((one) => one.position === position)
  if (found?.state === 'asked') return change(world, position, { state: 'done', doneBy: 'alice', evidence: 'seen' })
  return change(world, position, { jobState: as })
}

const at = (world: World, status: RunStepStatus) =>
  world.steps.filter((one) => statusOf(one) === status).map((one) => one.position)

const isOver = (world: World, position: number) =>
  ['done', 'skipped'].includes(statusOf(world.steps.find((one) => one.position === position) as RunStepView))

/** Plays until nothing moves; `fate` chooses who ends next and how, `look` sees every world on the way. */
function play(
  first: World,
  fate: () => number,
  ends: (position: number) => JobState,
  look: (world: World) => void,
): World {
  let world = first
  for (;;) {
    const { ready } = findProgress(world)
    look(world)
    const going = [...at(world, 'working'), ...at(world, 'asked')]
    const moves = [
      ...ready.map((one) => () => begin(world, one)),
      ...going.map((one) => () => end(world, one, ends(one))),
    ]
    const move = moves[fate() % Math.max(1, moves.length)]
    if (!move) return world
    world = move()
  }
}

const fates = fc.infiniteStream(fc.nat({ max: 1000 }))
const nextOf = (stream: Iterator<number>) => () => Number(stream.next().value)

describe('the state machine of a run', () => {
  it('starts no step before all that it waits for is done, and ends green when all jobs succeed', () => {
    check(fc.tuple(planned, fates), ([of, stream]) => {
      const seen = new Set<number>()
      const last = play(
        startRun(of),
        nextOf(stream),
        () => 'succeeded',
        (world) => {
          for (const { position, after } of world.steps) {
            if (seen.has(position) || statusOf(world.steps[position - 1] as RunStepView) === 'waiting') continue
            seen.add(position)
            expect(after.every((one) => isOver(world, one))).toBe(true)
          }
        },
      )
      expect(findProgress(last)).toMatchObject({ state: 'succeeded', ready: [], blocked: [] })
    })
  })

  it('is blocked by a step that did not succeed in exactly what depends on it', () => {
    const bad = fc.constantFrom<JobState>('failed', 'rejected', 'stopped', 'needs_person')
    check(fc.tuple(planned, fates, fc.nat(), bad), ([of, stream, which, as]) => {
      const jobs = of.steps.filter(({ verb }) => verb !== 'manual')
      const failing = jobs[which % Math.max(1, jobs.length)]?.position
      const last = play(
        startRun(of),
        nextOf(stream),
        (one) => (one === failing ? as : 'succeeded'),
        () => {},
      )
      if (failing === undefined) return
      const dependants = [...listDependants(of.graph, [failing])].sort((one, other) => one - other)
      const progress = findProgress(last)
      expect(progress.blocked).toEqual(dependants)
      expect(at(last, 'waiting')).toEqual(dependants)
      expect(at(last, 'done')).toHaveLength(of.steps.length - dependants.length - 1)
      expect(progress.state).toBe(as === 'needs_person' ? 'needs_person' : 'failed')
    })
  })

  it('from a step on is the remainder: the same steps in the same order, and nothing before', () => {
    check(fc.tuple(planned, fates, fc.nat()), ([of, stream, which]) => {
      const from = 1 + (which % of.steps.length)
      const started: number[] = []
      const last = play(
        startRun(of, from),
        nextOf(stream),
        () => 'succeeded',
        (world) => {
          for (const { position } of world.steps)
            if (
              !started.includes(position) &&
              !['waiting', 'skipped'].includes(statusOf(world.steps[position - 1] as RunStepView))
            )
              started.push(position)
        },
      )
      expect(started.toSorted((one, other) => one - other)).toEqual(
        of.steps.map(({ position }) => position).filter((position) => position >= from),
      )
      for (const position of started) {
        const before = (of.graph.get(position) ?? []).filter((one) => one >= from)
        expect(before.every((one) => started.indexOf(one) < started.indexOf(position))).toBe(true)
      }
      expect(findProgress(last).state).toBe('succeeded')
    })
  })

  it('makes no move that is in no table, whatever happens to its jobs in whatever order', () => {
    const happening = fc.constantFrom('stop', 'resume', 'fail', 'stop job', 'doubt', 'succeed', 'begin', 'retry')
    check(fc.tuple(planned, fc.array(fc.tuple(happening, fc.nat()), { maxLength: 40 })), ([of, happenings]) => {
      let world = startRun(of)
      for (const [what, which] of happenings) {
        world = happen(world, what, which)
        const wanted = findProgress(world).state
        const busy = at(world, 'working').length + at(world, 'doubt').length > 0
        if (world.run.stopRequestedAt !== null && !busy) expect(['stopped', 'succeeded']).toContain(wanted)
        if (wanted === world.run.state) continue
        const legal = mayMoveRun(world.run.state, wanted)
        // From a resting state a run goes on by way of `running`, so that each move is told.
        const byRunning =
          mayMoveRun(world.run.state, 'running') && (wanted === 'running' || mayMoveRun('running', wanted))
        expect(legal || byRunning || world.run.state === 'succeeded').toBe(true)
        if (world.run.state !== 'succeeded') world = { ...world, run: { ...world.run, state: wanted } }
      }
    })
    process.stdout.write(`${cases} runs of generated procedures were played\n`)
  })
})

function happen(world: World, what: string, which: number): World {
  const pick = (positions: readonly number[]) => positions[which % Math.max(1, positions.length)]
  const working = pick(at(world, 'working'))
  const progress = findProgress(world)
  const stopping = world.run.stopRequestedAt !== null
  switch (what) {
    case 'begin': {
      const next = world.run.state === 'running' && !stopping ? pick(progress.ready) : undefined
      return next === undefined ? world : begin(world, next)
    }
    case 'stop':
      return mayMoveRun(world.run.state, 'stopped')
        ? { ...world, run: { ...world.run, stopRequestedAt: 'now' } }
        : world
    case 'resume':
      if (!mayMoveRun(world.run.state, 'running')) return world
      return {
        run: { ...world.run, state: 'running', stopRequestedAt: null },
        steps: world.steps.map((one) =>
          ['failed', 'stopped'].includes(statusOf(one)) ? { ...one, jobState: 'running' } : one,
        ),
      }
    case 'retry': {
      const failed = stopping ? undefined : pick(at(world, 'failed'))
      return failed === undefined || world.run.state === 'stopped'
        ? world
        : change(world, failed, { jobState: 'running' })
    }
    default: {
      const states: Record<string, JobState> = { fail: 'failed', 'stop job': 'stopped', doubt: 'needs_person' }
      const asked = pick(at(world, 'asked'))
      const target = working ?? asked
      return target === undefined ? world : end(world, target, states[what] ?? 'succeeded')
    }
  }
}
