import { once } from 'node:events'
import { expect } from 'vitest'
import { hasQuorum } from '../../src/domain/approval.ts'
import { shortCode } from '../../src/domain/digest.ts'
import { SalvorError } from '../../src/domain/errors/fail.ts'
import { isResting } from '../../src/domain/job.ts'
import type { Utterance } from '../../src/domain/person.ts'
import { findOpenApproval, type JobView } from '../../src/domain/view.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { advance } from '../../src/engine/work/advance.ts'
import type { WorkDeps } from '../../src/engine/work/deps.ts'
import { type Act, decides, holders } from './decision-sequences.ts'
import { type Script, subjectLosing } from './engine-world.ts'

/** What a sequence of acts is played on: the engine over a store, with a world that a script plays. */
export interface DecisionWorld {
  /** Decides only about what is named, as the product does. */
  readonly engine: Engine
  readonly deps: WorkDeps
  readonly script: Script
  settle(): Promise<void>
  forgetWakeups(): void
  /** Three quarters of a minute pass, of the minute that people have. */
  later(): Promise<void>
  /** The bot looks whose time is over. */
  expire(): Promise<void>
  /** The card of an approval stands before a person's eyes. */
  deliver(approval: string, person: string): Promise<void>
  /** The session of whoever runs a step ends. */
  loseLease(step: string): Promise<void>
  /** Ways round the engine, with a worker's rights, each of which must be refused. Answers how many were tried. */
  goRound?(job: JobView): Promise<number>
  /** For those who begin many sequences on one store. */
  readonly target: string
}

/** What came of one sequence. */
export interface Played {
  readonly acts: number
  readonly executed: number
  readonly roundabout: number
}

/**
 * Plays one sequence, then lets everything go on. Throws where something destructive ran that was not approved as it
 * was, by somebody else who may, or twice; and where a job stays that nobody can bring to its end.
 */
export async function play(world: DecisionWorld, sequence: readonly Act[]): Promise<Played> {
  const player = createPlayer(world)
  await player.perform({ kind: 'request', person: 'alice' })
  await world.settle()
  for (const act of sequence) await player.perform(act)
  await player.finish()
  return player.played()
}

const gone = new Error('the session is gone')

function createPlayer(world: DecisionWorld) {
  const { engine, deps, script, target } = world
  const count = { acts: 0, executed: 0, roundabout: 0, said: 0 }
  const jobs: string[] = []
  const done: (() => Promise<unknown>)[] = []
  let doneAs: ((said: Utterance) => Promise<unknown>)[] = []
  const used = new Set<string>()
  /** Attempts of the destructive step that took effect, by what the world would answer. */
  let effect = false
  let [loss, fails, vanishes] = [2, false, false]

  script.evidence = () => subjectLosing(loss)
  script.isDone = async () => (effect ? { done: 'yes', output: { ok: true } } : { done: 'no' })
  const violations: unknown[] = []
  script.run = (context) => {
    const running = run(context)
    return running.catch((error: unknown) => {
      // The engine keeps what a step throws; a broken promise of ours must not pass for a failed step.
      if (!(error instanceof SalvorError) && error !== gone) violations.push(error)
      throw error
    })
  }
  const run = async (context: Parameters<Script['run']>[0]) => {
    const { step, approval } = context
    if (step.name !== 'switch') {
      if (fails) throw new SalvorError('target_full', { system: 'orders', seen: 'no space' })
      return { ok: true }
    }
    // The one thing that must never happen otherwise.
    if (!approval || used.has(approval.id)) throw new Error(`VIOLATION: ${step.id} runs without an approval of its own`)
    used.add(approval.id)
    const kept = (await deps.store.viewJob(context.job.id))?.approvals.find(({ id }) => id === approval.id)
    expect(kept).toMatchObject({
      state: 'used',
      step: step.id,
      attempt: step.attempt,
      requester: context.job.requester,
    })
    expect(kept && hasQuorum(kept), 'quorum').toBe(true)
    const others =
      kept?.decisions.filter(({ person, decision }) => decision === 'approve' && holders.includes(person)) ?? []
    expect(
      others.some(({ person }) => person !== context.job.requester),
      'somebody else who may',
    ).toBe(true)
    expect(approval.subject.ceiling['public.t'], 'as it was shown').toBe(loss)
    if (fails) throw new SalvorError('target_full', { system: 'orders', seen: 'no space' })
    effect = true
    count.executed += 1
    if (vanishes) {
      vanishes = false
      const { signal } = context
      const noticed = signal.aborted ? null : once(signal, 'abort')
      await world.loseLease(step.id)
      await noticed
      throw gone
    }
    return { ok: true }
  }

  const say = (person: string): Utterance => {
    count.said += 1
    const requestId = `${target}-${count.said}`
    const at = new Date(deps.clock.now().getTime() + 1000).toISOString()
    return { requestId, person: { id: person, slack: null, os: null }, via: 'slash', channel: 'C1', thread: null, at }
  }
  const view = async (): Promise<JobView | undefined> => {
    const job = jobs.at(-1)
    return job === undefined ? undefined : deps.store.viewJob(job)
  }
  /** Says it; remembers it, to be said again by the same and by another. */
  const said = async (person: string, words: (by: Utterance) => Promise<unknown>) => {
    const by = say(person)
    done.push(() => words(by))
    doneAs = [...doneAs.slice(-5), words]
    await words(by)
  }

  const perform = async ({ kind, person }: Act): Promise<void> => {
    count.acts += 1
    const before = decides(kind) ? null : await newestCard()
    try {
      await act(kind, person)
    } catch (error) {
      // People may be refused, but only with words of the catalogue.
      if (!(error instanceof SalvorError) || error.code === 'unexpected') throw error
    }
    if (violations.length > 0) throw violations[0]
    // What was not said about this very card decides nothing of it.
    if (before?.state === 'asked') expect((await newestCard())?.decisions ?? before.decisions).toEqual(before.decisions)
    const seen = await view()
    const open = seen?.approvals.filter(({ state }) => state === 'asked' || state === 'granted') ?? []
    expect(open.length).toBeLessThanOrEqual(1)
    if (seen && isResting(seen.job.state)) expect(open.filter(({ state }) => state === 'asked')).toEqual([])
  }

  const newestCard = async () => (await view())?.approvals.at(-1)

  const act = async (kind: Act['kind'], person: string): Promise<void> => {
    if (kind === 'settle') return world.settle()
    if (kind === 'lose the wakeups') return world.forgetWakeups()
    if (kind === 'sweep') return advanceAll()
    if (kind === 'later') return world.later()
    if (kind === 'more to lose') loss += 1
    if (kind === 'fail' || kind === 'work') fails = kind === 'fail'
    if (kind === 'vanish') vanishes = true
    if (kind === 'replay') return void (await done.at(-1 - (count.acts % 3))?.())
    if (kind === 'replay as another') return void (await doneAs.at(-1 - (count.acts % 3))?.(say(person)))
    const seen = await view()
    if (kind === 'request') {
      // One at a time: the target is locked anyway, and what has ended makes room.
      if (seen && !isResting(seen.job.state) && count.acts % 2 === 0) return
      effect = seen && !isResting(seen.job.state) ? effect : false
      const of = { incident: 1, kind: 'demo', params: { target }, words: `demo ${target}` }
      const job = await engine.requestJob(say(person), of)
      if (!jobs.includes(job.id)) jobs.push(job.id)
      return
    }
    const newest = seen?.approvals.at(-1)
    // Asked anew with the same evidence it is the same card.
    const stale = seen?.approvals.findLast(({ digest }) => digest !== newest?.digest)
    if (!seen) return
    const job = seen.job.id
    if (kind === 'stop') return said(person, (by) => engine.stop(by, job))
    if (kind === 'resume') return said(person, (by) => engine.resume(by, job, settleAs(seen)))
    if (kind === 'retry') return said(person, (by) => engine.retry(by, job))
    if (kind === 'say nothing but approve') return said(person, (by) => engine.approve(by, { job }))
    if (kind === 'go round') {
      count.roundabout += (await world.goRound?.(seen)) ?? 0
      return
    }
    if (!newest) return
    const [digest, code] = [newest.digest, shortCode(newest.digest)]
    if (kind === 'read the card') return world.deliver(newest.id, person)
    if (kind === 'approve by button') return said(person, (by) => engine.approve(by, { job, digest }))
    if (kind === 'approve by words') return said(person, (by) => engine.approve(by, { job, code }))
    if (kind === 'reject') return said(person, (by) => engine.reject(by, { job, digest, reason: 'because' }))
    if (kind === 'press a stale card' && stale)
      return said(person, (by) => engine.approve(by, { job, digest: stale.digest }))
    if (kind === 'say a stale code' && stale)
      return said(person, (by) => engine.approve(by, { job, code: shortCode(stale.digest) }))
    if (kind === 'guess a code') return said(person, (by) => engine.approve(by, { job, code: 'AAAAAA' }))
    if (kind === 'press twice at once') {
      const by = say(person)
      return allRefusedWithWords([engine.approve(by, { job, digest }), engine.approve(by, { job, digest })])
    }
    if (kind === 'press with another') {
      const press = (one: string) => engine.approve(say(one), { job, digest })
      return allRefusedWithWords([press(person), press('alice'), engine.stop(say('oscar'), `${job}x`)])
    }
    if (kind === 'alone')
      return said(person, (by) => engine.approveAlone(by, { job, digest, reason: 'x', factor: 'checked' }))
  }

  const settleAs = ({ steps }: JobView) =>
    steps.some(({ state }) => state === 'needs_person')
      ? { as: effect ? ('done' as const) : ('not-done' as const), reason: 'looked' }
      : undefined

  const advanceAll = async () => {
    for (const job of jobs) {
      const seen = await deps.store.viewJob(job)
      if (seen && !isResting(seen.job.state)) await advance(deps, job)
    }
  }

  /** Whatever was left half done can be brought to its end by those who may: no job stays that nobody can move. */
  const finish = async (): Promise<void> => {
    fails = false
    vanishes = false
    for (const job of jobs) {
      for (let round = 0; ; round += 1) {
        await world.expire()
        await advance(deps, job)
        await world.settle()
        const seen = await deps.store.viewJob(job)
        if (!seen || seen.job.state === 'succeeded' || seen.job.state === 'rejected') break
        if (round === 25)
          throw new Error(
            `STRANDED: ${job} is ${seen.job.state}, ${JSON.stringify(seen.steps.map(({ state }) => state))}`,
          )
        // A job of an earlier turn rests for good once a later one has its target.
        if (job !== jobs.at(-1) && isResting(seen.job.state)) break
        await nudge(seen)
      }
    }
    if (violations.length > 0) throw violations[0]
    const last = await deps.store.viewJob(jobs.at(-1) ?? '')
    if (last) expect(['succeeded', 'rejected']).toContain(last.job.state)
  }

  const nudge = async (seen: JobView): Promise<void> => {
    const { id: job, state, requester } = seen.job
    const open = findOpenApproval(seen)
    const other = requester === 'bob' ? 'dana' : 'bob'
    const free = open?.decisions.some(({ person }) => person === other) ? (other === 'bob' ? 'alice' : 'bob') : other
    try {
      if (state === 'awaiting_approval' && open?.state === 'asked')
        await engine.approve(say(free), { job, digest: open.digest })
      else if (state === 'awaiting_approval') await engine.retry(say('alice'), job)
      else if (state === 'failed' || state === 'stopped' || state === 'needs_person')
        await engine.resume(say('alice'), job, settleAs(seen))
    } catch (error) {
      if (!(error instanceof SalvorError)) throw error
    }
  }

  return {
    perform,
    finish,
    played: (): Played => ({ acts: count.acts, executed: count.executed, roundabout: count.roundabout }),
  }
}

async function allRefusedWithWords(moves: readonly Promise<unknown>[]): Promise<void> {
  for (const one of await Promise.allSettled(moves)) {
    if (one.status === 'rejected' && !(one.reason instanceof SalvorError)) throw one.reason
  }
}
