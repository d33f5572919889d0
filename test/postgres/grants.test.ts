import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { approvalMoves, approvalStates, mayMoveApproval } from '../../src/domain/approval.ts'
import { leftBehind } from '../../src/domain/left-behind.ts'
import { doWhatIsDue } from '../../src/engine/due/do-what-is-due.ts'
import { silentLog } from '../../src/ports/log.ts'
import { auditIncident } from '../../src/postgres/audit.ts'
import { createMessageStore } from '../../src/postgres/messages.ts'
import { migrateStore } from '../../src/postgres/migrate.ts'
import { createPlanShelf } from '../../src/postgres/plans.ts'
import { createStore } from '../../src/postgres/store.ts'
import { createUploadShelf } from '../../src/postgres/uploads.ts'
import { createWorkerBook } from '../../src/postgres/workers.ts'
import { openPostgresBackend } from '../../src/queue/backend.ts'
import { createWakeups, createWakeupWorker } from '../../src/queue/wakeups.ts'
import { createEngineWorld, type EngineWorld } from '../support/engine-world.ts'
import { ageApprovals } from '../support/past-guards.ts'
import { runSql, type TestDatabase, withClient } from '../support/postgres.ts'
import { makeStoreRoles, runGrants } from '../support/store-roles.ts'
import { until } from '../support/until.ts'

let world: EngineWorld
let bot: string
let worker: string

const openWorld = async () => {
  world = await createEngineWorld({ urlsOf: makeRoles })
}
const closeWorld = () => world.close()

/** The roles of this world, remembered for tests that connect as one of them. */
async function makeRoles(database: TestDatabase): Promise<{ bot: string; worker: string }> {
  const made = await makeStoreRoles(database)
  bot = made.bot
  worker = made.worker
  return made
}

async function request(): Promise<string> {
  const of = { incident: world.incident.number, kind: 'demo', params: { target: 'orders' }, words: 'demo orders' }
  return (await world.engine.requestJob(world.say('alice'), of)).id
}

/** A job whose approval is asked and undecided. */
async function requestAsked(): Promise<string> {
  const job = await request()
  await world.settle()
  expect((await world.view(job)).approvals[0]?.state).toBe('asked')
  return job
}

describe('with roles of their own', () => {
  beforeEach(openWorld)
  afterEach(closeWorld)

  it('bot and worker bring a job from request to recovery', async () => {
    const job = await requestAsked()
    await world.engine.approve(world.say('bob'), { job })
    await world.settle()
    expect((await world.view(job)).job.state).toBe('succeeded')
    expect(world.script.calls).toEqual({ look: 1, make: 1, switch: 1 })
    expect((await world.deps.store.findIncident(world.incident.number))?.state).toBe('recovered')
    expect(await auditIncident(world.pool, world.incident.number)).toMatchObject({ whole: true })
    await world.engine.closeIncident(world.say('alice'), world.incident.number, null)
    await world.engine.reopenIncident(world.say('alice'), world.incident.number)
  })

  it('a failed job is retried, stopped, resumed and rejected', async () => {
    world.script.run = async () => {
      throw new Error('no')
    }
    const job = await request()
    await world.settle()
    expect((await world.view(job)).job.state).toBe('failed')
    world.script.run = async () => ({ leaves: leftBehind('side_database', { name: 'demo_side_1' }) })
    await world.engine.retry(world.say('alice'), job)
    await world.settle()
    await world.engine.stop(world.say('alice'), job)
    await world.settle()
    expect((await world.view(job)).job.state).toBe('stopped')
    await world.engine.resume(world.say('alice'), job)
    await world.settle()
    await world.engine.reject(world.say('bob'), { job, reason: 'wrong backup' })
    await world.engine.stop(world.say('alice'), job)
    await world.settle()
    expect((await world.view(job)).job).toMatchObject({ state: 'rejected', cleanUpRequestedBy: null })
  })

  it('a step that lost its runner is settled by the worker', async () => {
    const job = await requestAsked()
    await world.engine.approve(world.say('bob'), { job })
    await runSql(world.database.url, `UPDATE salvor.steps SET state = 'running', fence = 1 WHERE name = 'switch'`)
    await world.settle()
    expect((await world.view(job)).approvals.map(({ state }) => state)).toContain('superseded')
  })

  it('the bot lets approvals expire, keeps plans and remembers what it told', async () => {
    const job = await requestAsked()
    await ageApprovals(world.database.url, 3600)
    await doWhatIsDue({
      ...world.deps,
      store: createStore(world.pool),
    })
    expect((await world.view(job)).approvals[0]?.state).toBe('expired')
    const messages = createMessageStore(world.pool)
    const intent = { key: 'root:1', incident: 1, channel: 'C1', thread: null, notifies: false, job: null }
    await messages.intend({ ...intent, intendedAt: new Date().toISOString() })
    await messages.recordPosted('root:1', '1.1', 'x')
    await messages.advance(1, 3)
    expect(await messages.holdLease('me', 1000)).toBe(true)
    const upload = { sha256: 'b'.repeat(64), name: 'x.sql', text: 'SELECT 1', by: 'alice' }
    await createUploadShelf(world.pool).keep(upload)
    await createUploadShelf(world.pool).keep(upload)
    const shelf = createPlanShelf(world.pool)
    const kept = { digest: 'a'.repeat(64), text: '', path: 'p', folder: '/', fileHashes: {} }
    await shelf.putInForce(kept, [])
    await shelf.putInForce(kept, [])
    expect((await shelf.inForce())?.digest).toBe(kept.digest)
  })

  it('a worker says that it is alive, and wakeups pass over PostgreSQL', async () => {
    const pool = new pg.Pool({ connectionString: worker, max: 1 })
    await createWorkerBook(pool).sayAlive('db1', 'host:1', null)
    await createWorkerBook(pool).sayAlive('db1', 'host:2', null)
    await pool.end()
    await openPostgresBackend(world.database.url, silentLog)
    await runGrants(world.database)
    const [from, to] = [await openPostgresBackend(bot, silentLog), await openPostgresBackend(worker, silentLog)]
    const woken: string[] = []
    const advance = async (job: string) => void woken.push(job)
    const taker = createWakeupWorker(to, { name: 'db1', concurrency: 1, advance, log: silentLog })
    await taker.start()
    const wakeups = createWakeups(from, silentLog)
    await wakeups.wake({ job: 'demo-1', eventNo: 1, worker: 'db1' })
    await until('the wakeup', () => woken.length > 0)
    await Promise.all([wakeups.close(), taker.stop(2000)])
    expect(woken).toEqual(['demo-1'])
  })

  it('both start on a store that is up to date, and neither can migrate one that is not', async () => {
    await expect(migrateStore(bot)).resolves.toEqual({ applied: [] })
    await expect(migrateStore(worker)).resolves.toEqual({ applied: [] })
    await runSql(world.database.url, `DELETE FROM public.salvor_migrations WHERE name LIKE '0002%'`)
    await expect(migrateStore(bot)).rejects.toThrow(/0002/)
    await expect(migrateStore(worker)).rejects.toThrow(/0002/)
  })
})

const decide = (job: string) =>
  `INSERT INTO salvor.decisions (approval, person, decision, at) VALUES ('${job}/a1', 'bob', 'approve', now())`

/** What is refused changes nothing, so these share one store in which an approval is asked. */
function shareAskedJob(): { job: string } {
  const shared = { job: '' }
  beforeAll(async () => {
    await openWorld()
    shared.job = await requestAsked()
  })
  afterAll(closeWorld)
  return shared
}

describe('a worker', () => {
  const shared = shareAskedJob()

  it('cannot decide', async () => {
    const { job } = shared
    await expect(runSql(worker, decide(job))).rejects.toThrow(/permission denied for table decisions/)
  })

  it.each(['granted', 'used'])('cannot make an undecided approval %s', async (state) => {
    await expect(runSql(worker, `UPDATE salvor.approvals SET state = '${state}'`)).rejects.toThrow(/permission denied/)
  })

  it.each([
    ['count', `SET count = 1`],
    ['not_requester', `SET not_requester = false`],
    ['requester', `SET requester = 'mallory'`],
    ['subject', `SET subject = '{}'`],
    ['digest', `SET digest = 'x'`],
    ['run_by', `SET run_by = now() + interval '1 year'`],
  ])('cannot change the %s of what was asked', async (_column, change) => {
    await expect(runSql(worker, `UPDATE salvor.approvals ${change}`)).rejects.toThrow(/permission denied/)
  })

  it.each([
    ['speak for a person', `INSERT INTO salvor.jobs SELECT * FROM salvor.jobs`],
    ['put a plan in force', `UPDATE salvor.plans SET in_force_since = now()`],
    ['claim a request', `INSERT INTO salvor.requests (id) VALUES ('x')`],
    ['change what was asked for', `UPDATE salvor.jobs SET params = '{}'`],
    [
      'bring SQL to be run',
      `INSERT INTO salvor.uploads (sha256, name, text, uploaded_by) VALUES ('x', 'x', 'x', 'bob')`,
    ],
    ['post', `INSERT INTO salvor.positions VALUES ('slack', 1, 99)`],
    ['lower the risk of a step', `UPDATE salvor.steps SET needs_approval = false`],
  ])('cannot %s', async (_what, sql) => {
    await expect(runSql(worker, sql)).rejects.toThrow(/permission denied/)
  })
})

describe.each([
  ['bot', () => bot],
  ['worker', () => worker],
])('the role of the %s', (_role, url) => {
  shareAskedJob()

  it.each([
    ['change an event', `UPDATE salvor.events SET actor = 'mallory'`],
    ['delete an event', `DELETE FROM salvor.events`],
    ['truncate the journal', `TRUNCATE salvor.events`],
    ['move the head of the journal', `UPDATE salvor.incidents SET head_no = 1, head_hash = 'x'`],
    ['change SQL that was taken to be run', `UPDATE salvor.uploads SET text = 'DROP TABLE orders'`],
    ['take a decision back', `DELETE FROM salvor.decisions`],
    ['switch the triggers off', `ALTER TABLE salvor.events DISABLE TRIGGER USER`],
    [
      'replace a guard',
      `CREATE OR REPLACE FUNCTION salvor.keep_approval() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'`,
    ],
    ['create a table', `CREATE TABLE salvor.mine (id int)`],
    ['change what it says of migrations', `DELETE FROM public.salvor_migrations`],
  ])('cannot %s', async (_what, sql) => {
    await expect(runSql(url(), sql)).rejects.toThrow(/permission denied|must be owner/)
  })
})

describe('an approval in the store', () => {
  beforeEach(openWorld)
  afterEach(closeWorld)

  it('cannot be asked with an answer', async () => {
    const job = await requestAsked()
    await runSql(world.database.url, `UPDATE salvor.approvals SET state = 'superseded'`)
    const copy = `INSERT INTO salvor.approvals SELECT (jsonb_populate_record(a, '{"id": "${job}/a2", "state": "granted"}')).*
                    FROM salvor.approvals a`
    await expect(runSql(world.database.url, copy)).rejects.toThrow(/must begin as asked/)
    await runSql(world.database.url, copy.replace('granted', 'asked'))
  })

  it('moves exactly as the domain says', async () => {
    const job = await requestAsked()
    const owner = world.database.url
    await runSql(owner, decide(job))
    for (const from of approvalStates) {
      for (const to of approvalStates.filter((state) => state !== from)) {
        const id = JSON.stringify([{ code: randomBytes(4).toString('hex'), facts: {} }])
        // Brought to where it starts behind the guards, then moved under them.
        const moved = withClient(owner, async (client) => {
          await client.query('BEGIN')
          await client.query(`SET LOCAL session_replication_role = replica`)
          await client.query('UPDATE salvor.approvals SET state = $1, why = $2', [from, id])
          await client.query(`SET LOCAL session_replication_role = origin`)
          await client.query('UPDATE salvor.approvals SET state = $1', [to]).finally(() => client.query('ROLLBACK'))
        })
        if (mayMoveApproval(from, to)) await moved
        else await expect(moved, `${from} → ${to}`).rejects.toThrow(/may not move/)
      }
    }
    expect(Object.values(approvalMoves).flat()).toHaveLength(7)
  })

  it('is decided through the bot, and used up by starting its step', async () => {
    const job = await requestAsked()
    await runSql(bot, decide(job))
    await runSql(bot, `UPDATE salvor.approvals SET state = 'granted', run_by = now() + interval '1 min'`)
    await runSql(bot, `SELECT salvor.update_job('${job}', '{"state": "running"}')`)
    const start = (approval: string) =>
      withClient(worker, async (client) => {
        await client.query(`SELECT pg_advisory_lock(hashtextextended('salvor step ${job}/switch', 0))`)
        const { rows } = await client.query(`SELECT salvor.start_step('${job}/switch', 1, 'r', $1) AS started`, [
          approval,
        ])
        return rows[0].started
      })
    expect(await start(`${job}/a9`)).toBe(false)
    expect(await start(`${job}/a1`)).toBe(true)
    const [approval] = await runSql(worker, 'SELECT state FROM salvor.approvals')
    expect(approval).toEqual({ state: 'used' })
    await expect(runSql(bot, `UPDATE salvor.approvals SET state = 'granted'`)).rejects.toThrow(/may not move/)
  })
})
