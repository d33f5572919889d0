import { afterEach, expect, it } from 'vitest'
import { shortCode } from '../../src/domain/digest.ts'
import { SalvorError } from '../../src/domain/errors/fail.ts'
import { doWhatIsDue } from '../../src/engine/due/do-what-is-due.ts'
import { auditIncident } from '../../src/postgres/audit.ts'
import { ageApprovals } from '../support/past-guards.ts'
import { runSql } from '../support/postgres.ts'
import { openSharedScene, type SharedScene } from '../support/shared-scene.ts'
import { makeStoreRoles } from '../support/store-roles.ts'

let scene: SharedScene | undefined
afterEach(() => scene?.world.close())

async function openScene(options: Parameters<typeof openSharedScene>[0] = {}): Promise<SharedScene> {
  scene = await openSharedScene(options)
  return scene
}

const digestOf = async ({ world }: SharedScene, job: string) => (await world.view(job)).approvals.at(-1)?.digest ?? ''

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
