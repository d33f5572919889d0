import { afterEach, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import { type AnyJobKind, defineJob } from '../../src/engine/define-job.ts'
import { advance } from '../../src/engine/work/advance.ts'
import { createEngineWorld, type EngineWorld } from '../support/engine-world.ts'

let world: EngineWorld

/** A kind that shares its target with `demo`: one waits for the lock, one refuses, one only looks at it. */
function makeKind(name: string, onLocked: 'wait' | 'refuse', looks = false): AnyJobKind {
  return defineJob<{ target: string }>({
    ...{ name, summary: name, onLocked, leaves: 'nothing' },
    params: z.object({ target: z.string() }),
    lock: ({ target }) => (looks ? null : `database:${target}`),
    ...(looks ? { looksAt: ({ target }) => `database:${target}` } : {}),
    system: () => 'demo',
    steps: [
      {
        ...{ name: 'act', title: 'act', risk: 'reversible', where: 'worker' },
        run: async () => null,
        isDone: async () => ({ done: 'no' }),
      },
    ],
    plan: () => ['act'],
    card: () => ({ headline: name, lines: [] }),
    report: () => ({ summary: 'done', proven: [], lost: [], left: [], undo: false, recovers: false }),
  })
}

beforeEach(async () => {
  const kinds = [makeKind('patient', 'wait'), makeKind('hasty', 'refuse'), makeKind('onlooker', 'refuse', true)]
  world = await createEngineWorld({ kinds })
})

afterEach(() => world.close())

const ask = (kind: string) =>
  world.engine.requestJob(world.say('bob'), {
    ...{ incident: 1, kind, params: { target: 'orders' }, words: `${kind} orders` },
  })

it('a second job on the same target is refused at once where its kind says so, with who holds it and why', async () => {
  const holder = await world.request()
  const refusal = await ask('hasty').catch((error: unknown) => error)
  expect(refusal).toMatchObject({ code: 'lock_held' })
  expect(String(refusal)).toMatch(new RegExp(`orders is locked by ${holder} \\(demo orders, alice\\)`))
  expect((await world.deps.store.viewIncident(1))?.jobs).toHaveLength(1)
})

it('a second job on the same target waits where its kind says so, says for what, and goes on once it is free', async () => {
  const holder = await world.request()
  const { id } = await ask('patient')
  await world.settle()
  expect((await world.view(id)).job).toMatchObject({
    state: 'requested',
    waitingFor: { code: 'lock', facts: { target: 'database:orders', job: holder } },
  })
  await world.engine.approve(world.say('dana'), { job: holder })
  await world.settle()
  // As the sweep does: nobody wakes a job when a lock becomes free.
  for (const job of await world.deps.store.listStrandedJobs(0)) await advance(world.deps, job.id)
  await world.settle()
  expect((await world.view(id)).job).toMatchObject({ state: 'succeeded', waitingFor: null })
  const locks = (await world.deps.store.listEvents(1, 0, 1000))
    .filter(({ type }) => type.startsWith('lock_'))
    .map(({ type, job }) => `${type} ${job}`)
  expect(locks).toEqual([`lock_taken ${holder}`, `lock_released ${holder}`, `lock_taken ${id}`, `lock_released ${id}`])
})

it('what only looks begins beside a switch that nobody has approved, and waits for one that is going on', async () => {
  const holder = await world.request()
  await world.settle()
  expect((await world.view(holder)).job.state).toBe('awaiting_approval')
  const before = await ask('onlooker')
  await world.settle()
  expect((await world.view(before.id)).job.state).toBe('succeeded')
  await world.engine.approve(world.say('dana'), { job: holder })
  const { id } = await ask('onlooker')
  const elsewhere = await world.engine.requestJob(world.say('bob'), {
    ...{ incident: 1, kind: 'onlooker', params: { target: 'stock' }, words: 'onlooker stock' },
  })
  await advance(world.deps, id)
  await advance(world.deps, elsewhere.id)
  expect((await world.view(id)).job).toMatchObject({
    state: 'requested',
    waitingFor: { code: 'replaced', facts: { job: holder } },
  })
  expect((await world.view(elsewhere.id)).job.state).toBe('running')
  await world.settle()
  for (const job of await world.deps.store.listStrandedJobs(0)) await advance(world.deps, job.id)
  await world.settle()
  const [switched, looked] = await Promise.all([holder, id].map(world.view))
  expect(looked?.job).toMatchObject({ state: 'succeeded', waitingFor: null })
  expect(Date.parse(looked?.steps[0]?.startedAt ?? '')).toBeGreaterThanOrEqual(
    Date.parse(switched?.job.finishedAt ?? 'never'),
  )
})
