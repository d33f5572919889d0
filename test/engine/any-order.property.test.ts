import fc from 'fast-check'
import { expect, it } from 'vitest'
import { SalvorError } from '../../src/domain/errors/fail.ts'
import { isResting } from '../../src/domain/job.ts'
import { expireApprovals } from '../../src/engine/work/sweep.ts'
import { auditIncident } from '../../src/postgres/audit.ts'
import { createEngineWorld, type EngineWorld, subjectLosing } from '../support/engine-world.ts'

const people = ['alice', 'bob', 'dana', 'carol', 'oscar'] as const
const holders = ['alice', 'bob', 'dana']

/** What people and the world can do, in any order. */
const action = fc.oneof(
  { weight: 4, arbitrary: act(['approve', 'reject', 'stop', 'resume', 'retry', 'request'], people) },
  { weight: 4, arbitrary: act(['approve'], ['bob', 'dana']) },
  { weight: 4, arbitrary: act(['settle'], ['world']) },
  { weight: 3, arbitrary: act(['more to lose', 'later', 'step fails', 'step works'], ['world']) },
)

function act(kinds: readonly string[], persons: readonly string[]) {
  return fc.record({ kind: fc.constantFrom(...kinds), person: fc.constantFrom(...persons) })
}

const untilAsked: readonly Act[] = [
  { kind: 'request', person: 'alice' },
  { kind: 'settle', person: 'world' },
]

interface Act {
  readonly kind: string
  readonly person: string
}

it('whatever people do in whatever order, nothing destructive runs without its own approval by another person', async () => {
  let acts = 0
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 4, maxLength: 24 }), async (sequence) => {
      const world = await createEngineWorld()
      let fails = false
      let loss = 2
      const stale: string[] = []
      world.script.evidence = () => subjectLosing(loss)
      world.script.run = async ({ step, approval }) => {
        if (step.name === 'switch' && approval?.subject.ceiling['public.t'] !== loss) stale.push(step.id)
        if (fails) throw new SalvorError('target_full', { system: 'orders', seen: 'no space' })
      }
      try {
        // Most of what matters lies behind an open card, so every sequence begins with one.
        for (const act of [...untilAsked, ...sequence]) {
          acts += 1
          if (act.kind === 'more to lose') loss += 1
          if (act.kind === 'step fails' || act.kind === 'step works') fails = act.kind === 'step fails'
          await perform(world, act)
          await checkInvariants(world)
          expect(stale).toEqual([])
        }
        expect(await auditIncident(world.pool, 1)).toMatchObject({ whole: true })
      } finally {
        await world.close()
      }
    }),
    { numRuns: 25, endOnFailure: true },
  )
  process.stdout.write(`${acts} acts in random order, every one followed by a look at the invariants\n`)
}, 180_000)

async function perform(world: EngineWorld, { kind, person }: Act): Promise<void> {
  const said = world.say(person)
  const job = (await world.deps.store.viewIncident(1))?.jobs.at(-1)?.job.id ?? 'demo-1'
  const of = { incident: 1, kind: 'demo', params: { target: 'orders' }, words: 'demo orders' }
  try {
    if (kind === 'request') await world.engine.requestJob(said, of)
    if (kind === 'approve') await world.engine.approve(said, { job })
    if (kind === 'reject') await world.engine.reject(said, { job, reason: 'because' })
    if (kind === 'stop') await world.engine.stop(said, job)
    if (kind === 'resume') await world.engine.resume(said, job)
    if (kind === 'retry') await world.engine.retry(said, job)
    if (kind === 'settle') await world.settle()
    if (kind === 'later') await expireLater(world)
  } catch (error) {
    // People may be refused, but only with words of the catalogue.
    expect(error).toBeInstanceOf(SalvorError)
    expect((error as SalvorError).code).not.toBe('unexpected')
  }
}

/** The store's clock cannot be turned, so the windows are moved instead: by three quarters of their minute. */
async function expireLater(world: EngineWorld): Promise<void> {
  await world.pool.query(
    `UPDATE salvor.approvals SET approve_by = approve_by - interval '45 s', run_by = run_by - interval '45 s'
      WHERE state IN ('asked', 'granted')`,
  )
  await expireApprovals(world.deps)
}

async function checkInvariants(world: EngineWorld): Promise<void> {
  const view = await world.deps.store.viewIncident(1)
  const jobs = view?.jobs ?? []
  const approvals = jobs.flatMap((one) => one.approvals)
  const used = approvals.filter((one) => one.state === 'used')
  expect(world.script.calls.switch ?? 0).toBeLessThanOrEqual(used.length)
  for (const one of used) {
    const deciders = one.decisions
      .filter((decision) => decision.decision === 'approve')
      .map((decision) => decision.person)
    expect(deciders.some((person) => holders.includes(person) && person !== one.requester)).toBe(true)
  }
  for (const { job, approvals: asked } of jobs) {
    expect(asked.filter((one) => one.state === 'asked' || one.state === 'granted').length).toBeLessThanOrEqual(1)
    if (isResting(job.state)) expect(asked.some((one) => one.state === 'asked')).toBe(false)
  }
  const locks = (await world.deps.store.listLocks()).map((lock) => lock.job)
  expect(locks.toSorted()).toEqual(
    jobs
      .filter(({ job }) => !isResting(job.state))
      .map(({ job }) => job.id)
      .toSorted(),
  )
}
