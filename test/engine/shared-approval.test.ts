import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { writeLink } from '../../src/domain/chain.ts'
import { shortCode } from '../../src/domain/digest.ts'
import { SalvorError } from '../../src/domain/errors/fail.ts'
import { type AnyJobKind, defineJob } from '../../src/engine/define-job.ts'
import type { StepDefinition } from '../../src/engine/define-step.ts'
import { doWhatIsDue } from '../../src/engine/due/do-what-is-due.ts'
import { auditIncident } from '../../src/postgres/audit.ts'
import { createEngineWorld, type EngineWorld, subjectLosing } from '../support/engine-world.ts'
import { ageApprovals } from '../support/past-guards.ts'
import { runSql, type TestDatabase } from '../support/postgres.ts'
import { makeStoreRoles } from '../support/store-roles.ts'

/** look → make → fill → switch, where make and fill can be taken back. */
interface Scene {
  readonly world: EngineWorld
  /** What fill would do; make always does the same. */
  fill: string
  /** Called by each step that runs. */
  onRun: (step: string, attempt: number) => void
  readonly ran: string[]
  /** Asks for a job as alice, and follows it until it waits. */
  start(): Promise<string>
  approvals(job: string): Promise<string[]>
}

let scene: Scene | undefined
afterEach(() => scene?.world.close())

async function openScene(options: Parameters<typeof createEngineWorld>[0] = {}): Promise<Scene> {
  const opened: Omit<Scene, 'world' | 'start' | 'approvals'> = { fill: 'fill it', onRun: () => {}, ran: [] }
  const world = await createEngineWorld({ reversible: {}, ...options, kinds: [createPair(opened)] })
  const whole: Scene = Object.assign(opened, {
    world,
    async start() {
      const of = { incident: world.incident.number, kind: 'pair', params: { target: 't' }, words: 'pair t' }
      const { id } = await world.engine.requestJob(world.say('alice'), of)
      await world.settle()
      return id
    },
    async approvals(job: string) {
      const { approvals } = await world.view(job)
      return approvals.map(({ step, state }) => `${step.split('/')[1]}:${state}`)
    },
  })
  scene = whole
  return whole
}

function createPair(of: Pick<Scene, 'fill' | 'onRun' | 'ran'>): AnyJobKind {
  const step = (
    name: string,
    risk: StepDefinition<{ target: string }>['risk'],
  ): StepDefinition<{ target: string }> => ({
    ...{ name, title: name, risk, where: 'worker' },
    ...(risk === 'destructive' ? { evidence: async () => subjectLosing(0) } : {}),
    async run(context) {
      of.onRun(name, context.step.attempt)
      of.ran.push(`${name}:${context.approval?.id.split('/')[1] ?? 'nobody'}`)
      return {}
    },
    isDone: async () => ({ done: 'no' }),
  })
  return defineJob<{ target: string }>({
    ...{ name: 'pair', summary: 'A kind for tests', leaves: 'nothing', onLocked: 'refuse' },
    params: z.object({ target: z.string() }),
    lock: ({ target }) => `pair:${target}`,
    system: () => 'demo',
    steps: [
      step('look', 'read'),
      step('make', 'reversible'),
      step('fill', 'reversible'),
      step('switch', 'destructive'),
    ],
    plan: () => ['look', 'make', 'fill', 'switch'],
    changes: async () => ({
      ...{ action: 'filling demo', verb: 'fill', target: 'demo', proven: 'none', unproven: 'none', lost: 'nothing' },
      ...{ back: 'stop', details: [], binds: { oid: 1 } },
      steps: { make: { does: ['make it'], binds: {} }, fill: { does: [of.fill], binds: { said: of.fill } } },
    }),
    card: () => ({ headline: 'pair', lines: [] }),
    report: () => ({ summary: 'done', proven: [], lost: [], left: [], undo: false, recovers: false }),
  })
}

const digestOf = async ({ world }: Scene, job: string) => (await world.view(job)).approvals.at(-1)?.digest ?? ''

it('one approval covers all reversible steps of a job, asked before the first; what destroys asks on its own', async () => {
  const of = await openScene({ urlsOf: makeStoreRoles })
  const job = await of.start()
  expect(of.ran).toEqual(['look:nobody'])
  expect(await of.approvals(job)).toEqual(['make:asked'])
  const [approval] = (await of.world.view(job)).approvals
  expect(approval?.subject.does).toEqual(['make it', 'fill it'])
  await of.world.engine.approve(of.world.say('bob'), { job })
  await of.world.settle()
  expect(of.ran).toEqual(['look:nobody', 'make:a1', 'fill:a1'])
  expect(await of.approvals(job)).toEqual(['make:used', 'switch:asked'])
  await of.world.engine.approve(of.world.say('dana'), { job })
  await of.world.settle()
  expect(of.ran.at(-1)).toBe('switch:a2')
  expect((await of.world.stateOf(job)).job).toBe('succeeded')
  expect(await auditIncident(of.world.pool, of.world.incident.number)).toMatchObject({ whole: true })
})

it('asks nobody where the plan wants nobody to be asked', async () => {
  const of = await openScene({ reversible: { count: 0 } })
  const job = await of.start()
  expect(of.ran).toEqual(['look:nobody', 'make:nobody', 'fill:nobody'])
  expect(await of.approvals(job)).toEqual(['switch:asked'])
})

it('takes as many people as the policy says, none of them who asked, and each once', async () => {
  const of = await openScene({ reversible: { count: 2 } })
  const job = await of.start()
  const { engine, say } = of.world
  await expect(engine.approve(say('alice'), { job })).rejects.toMatchObject({ code: 'approval_own' })
  await expect(engine.approve(say('carol'), { job })).rejects.toMatchObject({ code: 'approval_role' })
  await engine.approve(say('bob'), { job })
  await engine.approve(say('bob'), { job })
  await of.world.settle()
  expect(of.ran).toEqual(['look:nobody'])
  await engine.approve(say('dana'), { job })
  await of.world.settle()
  expect(of.ran).toEqual(['look:nobody', 'make:a1', 'fill:a1'])
})

it('lets whoever asked approve where the policy says so', async () => {
  const of = await openScene({ reversible: { notRequester: false } })
  const job = await of.start()
  await of.world.engine.approve(of.world.say('alice'), { job })
  await of.world.settle()
  expect(of.ran.slice(1)).toEqual(['make:a1', 'fill:a1'])
  await expect(of.world.engine.approve(of.world.say('alice'), { job })).rejects.toMatchObject({ code: 'approval_own' })
})

it('asks anew before anything runs when what any of the steps would do has changed since the card', async () => {
  const of = await openScene()
  const job = await of.start()
  await of.world.engine.approve(of.world.say('bob'), { job })
  of.fill = 'fill something else'
  await of.world.settle()
  expect(of.ran).toEqual(['look:nobody'])
  expect(await of.approvals(job)).toEqual(['make:superseded', 'make:asked'])
})

it('asks anew before a later step whose commands changed while an earlier one ran, about what is left', async () => {
  const of = await openScene()
  const job = await of.start()
  of.onRun = (step) => {
    if (step === 'make') of.fill = 'fill something else'
  }
  await of.world.engine.approve(of.world.say('bob'), { job })
  await of.world.settle()
  expect(of.ran).toEqual(['look:nobody', 'make:a1'])
  expect(await of.approvals(job)).toEqual(['make:used', 'fill:asked'])
  expect((await of.world.view(job)).approvals[1]?.subject.does).toEqual(['fill something else'])
  // What was approved before does not come back: the newest card decides.
  of.fill = 'fill it'
  await of.world.engine.reject(of.world.say('bob'), { job, reason: 'no' })
  await of.world.settle()
  expect((await of.world.stateOf(job)).job).toBe('rejected')
  expect(of.ran).toEqual(['look:nobody', 'make:a1'])
})

it('holds while the job is at work: a runner that vanished goes on under it', async () => {
  const of = await openScene()
  const job = await of.start()
  let vanished = false
  of.onRun = (step) => {
    if (step !== 'fill' || vanished) return
    vanished = true
    // As a process that is killed: what it wrote stays, nobody says how it ended.
    throw new SalvorError('approval_changed', { changes: 'nothing' })
  }
  await of.world.engine.approve(of.world.say('bob'), { job })
  await of.world.settle()
  expect(await of.approvals(job)).toEqual(['make:used', 'switch:asked'])
  expect(of.ran).toEqual(['look:nobody', 'make:a1', 'fill:a1'])
  expect((await of.world.stateOf(job)).steps).toContain('fill:done:2')
})

it.each(['retry', 'resume'] as const)('a %s after a failure asks anew', async (move) => {
  const of = await openScene()
  const job = await of.start()
  of.onRun = (step, attempt) => {
    if (step === 'fill' && attempt === 1) throw new SalvorError('target_full', { system: 'demo', seen: 'no space' })
  }
  await of.world.engine.approve(of.world.say('bob'), { job })
  await of.world.settle()
  expect((await of.world.stateOf(job)).job).toBe('failed')
  await of.world.engine[move](of.world.say('alice'), job)
  // Not even by whoever calls the store's own function past the engine.
  const again = `SELECT salvor.start_step(id, fence + 1, 'r', '${job}/a1') AS started FROM salvor.steps WHERE id = '${job}/fill'`
  expect(await runSql(of.world.database.url, again)).toEqual([{ started: false }])
  await of.world.settle()
  expect(await of.approvals(job)).toEqual(['make:used', 'fill:asked'])
  expect(of.ran).toEqual(['look:nobody', 'make:a1'])
  await of.world.engine.approve(of.world.say('dana'), { job })
  await of.world.settle()
  expect(of.ran).toEqual(['look:nobody', 'make:a1', 'fill:a2'])
})

/** Says with the worker's role that the first approval was used, in the words of somebody who knows how. */
async function tellUse({ world }: Scene, worker: string, job: string): Promise<void> {
  const [head] = await runSql(world.database.url, 'SELECT head_no, head_hash FROM salvor.incidents WHERE number = 1')
  const { head_no: no, head_hash: prevHash } = head as { head_no: string; head_hash: string }
  const data = { approval: `${job}/a1`, code: 'x' }
  const said = { type: 'approval_used', job, actor: 'salvor', data, at: new Date().toISOString() }
  await runSql(worker, 'SELECT salvor.append($1)', [writeLink({ incident: 1, no: Number(no) + 1, ...said, prevHash })])
}

describe('a worker that was taken over', () => {
  let worker = ''
  const urlsOf = async (database: TestDatabase) => {
    const made = await makeStoreRoles(database)
    worker = made.worker
    return made
  }
  const startAgain = (job: string) =>
    `SELECT salvor.start_step(id, fence + 1, 'r', '${job}/a1') AS started FROM salvor.steps WHERE id = '${job}/fill'`

  async function resumeOne() {
    const of = await openScene({ urlsOf })
    const job = await of.start()
    of.onRun = (step) => {
      if (step === 'fill') throw new SalvorError('target_full', { system: 'demo', seen: 'no space' })
    }
    await of.world.engine.approve(of.world.say('bob'), { job })
    await of.world.settle()
    return { of, job }
  }

  it('does not make an approval stand again by telling its use once more', async () => {
    const { of, job } = await resumeOne()
    await of.world.engine.resume(of.world.say('alice'), job)
    await expect(tellUse(of, worker, job)).rejects.toThrow(/a worker does not tell it again/)
    expect(await runSql(of.world.database.url, startAgain(job))).toEqual([{ started: false }])
  })

  it('nor by telling it late for the first time', async () => {
    const { of, job } = await resumeOne()
    const forget = `SET session_replication_role = replica; DELETE FROM salvor.events WHERE type = 'approval_used'`
    await runSql(of.world.database.url, forget)
    await of.world.engine.resume(of.world.say('alice'), job)
    await expect(tellUse(of, worker, job)).rejects.toThrow(/a worker does not tell it again/)
  })

  it('nor where it had told it twice before the store knew better', async () => {
    const { of, job } = await resumeOne()
    await of.world.engine.resume(of.world.say('alice'), job)
    // The store's owner is not held to what a worker may.
    await tellUse(of, of.world.database.url, job)
    expect(await runSql(of.world.database.url, startAgain(job))).toEqual([{ started: false }])
  })
})

it('a stop withdraws the card, and what goes on after it asks anew', async () => {
  const of = await openScene()
  const job = await of.start()
  const digest = await digestOf(of, job)
  await of.world.engine.stop(of.world.say('alice'), job)
  await of.world.settle()
  await expect(of.world.engine.approve(of.world.say('bob'), { job, digest })).rejects.toMatchObject({
    code: 'approval_ended',
  })
  await of.world.engine.resume(of.world.say('alice'), job)
  await of.world.settle()
  expect(await of.approvals(job)).toEqual(['make:superseded', 'make:asked'])
  expect(of.ran).toEqual(['look:nobody'])
})

it('expires like any other, and a retry asks again', async () => {
  const of = await openScene()
  const job = await of.start()
  await ageApprovals(of.world.database.url, 3600)
  await expect(of.world.engine.approve(of.world.say('bob'), { job })).rejects.toMatchObject({ code: 'approval_late' })
  await doWhatIsDue(of.world.deps)
  expect(await of.approvals(job)).toEqual(['make:expired'])
  await of.world.engine.retry(of.world.say('alice'), job)
  await of.world.settle()
  expect(await of.approvals(job)).toEqual(['make:expired', 'make:asked'])
})

it('is decided by words with its code too, and by no older one', async () => {
  const of = await openScene()
  const job = await of.start()
  const old = shortCode(await digestOf(of, job))
  await of.world.engine.approve(of.world.say('bob'), { job })
  of.fill = 'fill something else'
  await of.world.settle()
  await expect(of.world.typed.approve(of.world.say('dana'), { job, code: old })).rejects.toBeInstanceOf(SalvorError)
  expect(await of.approvals(job)).toEqual(['make:superseded', 'make:asked'])
})

it('is not believed from a row that asks for less than the plan', async () => {
  const of = await openScene({ reversible: { count: 2 } })
  const job = await of.start()
  await of.world.pool.query(`ALTER TABLE salvor.approvals DISABLE TRIGGER USER`)
  await of.world.pool.query(`UPDATE salvor.approvals SET count = 1 WHERE job = $1`, [job])
  await of.world.pool.query(`ALTER TABLE salvor.approvals ENABLE TRIGGER USER`)
  await expect(of.world.engine.approve(of.world.say('bob'), { job })).rejects.toMatchObject({ code: 'row_differs' })
})
