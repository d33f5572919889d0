import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { advance } from '../../src/engine/work/advance.ts'
import { nameMissingWorkers } from '../../src/engine/work/name-missing-workers.ts'
import { main } from '../../src/main.ts'
import { silentLog } from '../../src/ports/log.ts'
import { keyOfStep, nameOfLease } from '../../src/postgres/lease.ts'
import { createStore } from '../../src/postgres/store.ts'
import { writeWorkerRole } from '../../src/postgres/worker-role.ts'
import { createWorkerBook } from '../../src/postgres/workers.ts'
import { keepPresence, type Presence } from '../../src/worker-presence.ts'
import { createEngineWorld, type EngineWorld } from '../support/engine-world.ts'
import { adminUrl, runSql, urlOf, withClient } from '../support/postgres.ts'
import { makeStoreRoles } from '../support/store-roles.ts'
import { until } from '../support/until.ts'

// Roles belong to the whole cluster: these workers have names that no other test has.
const suffix = randomBytes(3).toString('hex')
const [mine, other] = [`db1x${suffix}`, `db2x${suffix}`]
const password = 'only-for-tests'

let world: EngineWorld
let shared: string
let urls: { mine: string; other: string }
/** Of the worker `mine`, waiting for an approval. */
let job: string

beforeAll(async () => {
  world = await createEngineWorld({
    urlsOf: async (database) => {
      const made = await makeStoreRoles(database)
      shared = made.worker
      const address = async (worker: string) => {
        const { role, sql } = writeWorkerRole(worker)
        await runSql(database.url, sql)
        await runSql(adminUrl(), `ALTER ROLE ${role} PASSWORD '${password}'`)
        return urlOf(database.name, { name: role, password })
      }
      urls = { mine: await address(mine), other: await address(other) }
      return { bot: made.bot, worker: urls.mine }
    },
  })
  job = await world.request()
  await runSql(world.database.url, `UPDATE salvor.jobs SET worker = '${mine}'`)
  const deps = { ...world.deps, worker: mine }
  for (let round = 0; round < 6; round += 1) await advance(deps, job)
})
afterAll(async () => {
  await world.close()
  for (const worker of [mine, other]) {
    await runSql(adminUrl(), `DROP OWNED BY ${writeWorkerRole(worker).role}`)
    await runSql(adminUrl(), `DROP ROLE ${writeWorkerRole(worker).role}`)
  }
})

describe('a worker with a role of its own', () => {
  it('moves its jobs', async () => {
    expect((await world.view(job)).job.state).toBe('awaiting_approval')
  })

  it.each([
    ['another worker', () => urls.other],
    ['the shared role', () => shared],
  ])('is not acted for by %s', async (_who, url) => {
    const calls = [
      `salvor.hold_job('${job}')`,
      `salvor.update_job('${job}', '{"state": "failed"}')`,
      `salvor.start_step('${job}/switch', 1, 'r', '${job}/a1')`,
      `salvor.move_step('${job}/switch', 'waiting', 0, NULL, '{"state": "skipped"}')`,
      `salvor.supersede_approval('${job}/a1', '[]')`,
      `salvor.ask_approval('{"id": "x", "step": "${job}/switch", "attempt": 1, "digest": "d", "subject": {}}')`,
      `salvor.take_lock('database:orders', '${job}', 'x')`,
      `salvor.release_lock('database:orders', '${job}')`,
      `salvor.say_alive('${mine}', 'host:1', NULL)`,
    ]
    for (const call of calls) {
      await withClient(url(), async (client) => {
        await client.query(`SELECT pg_advisory_lock(hashtextextended($1, 0))`, [keyOfStep(`${job}/switch`)])
        await expect(client.query(`SELECT ${call}`), call).rejects.toThrow(/does not act for|is not the role of/)
      })
    }
    expect(await runSql(url(), `SELECT * FROM salvor.beat('${job}/switch', 0, 'r', NULL)`)).toEqual([])
    await expect(runSql(url(), 'SELECT salvor.hold_incident(1)')).rejects.toThrow(/has no job/)
  })

  it('cannot be bound to another name by itself, nor act as who it is a member of', async () => {
    await expect(runSql(urls.other, `UPDATE salvor.worker_roles SET worker = '${mine}'`)).rejects.toThrow(
      /permission denied/,
    )
    await expect(runSql(urls.other, `SET ROLE salvor_worker; SELECT salvor.hold_job('${job}')`)).rejects.toThrow(
      /does not act for/,
    )
  })

  it('is refused under another name, with words', async () => {
    await expect(startAs(other, urls.mine)).rejects.toMatchObject({ code: 'worker_role', facts: { worker: other } })
  })
})

/** A worker's presence; the address says with which login. */
async function startAs(name: string, url: string): Promise<Presence> {
  const pool = new pg.Pool({ connectionString: url, max: 1 })
  const book = createWorkerBook(pool)
  const end = () => pool.end()
  try {
    const presence = await keepPresence({ name, url, book, planDigest: async () => 'd', log: silentLog })
    return { ...presence, stop: () => presence.stop().then(end) }
  } catch (error) {
    await end()
    throw error
  }
}

describe('the name of a worker', () => {
  it('is held by one process; a second one names it, and takes over when it is gone', async () => {
    const first = await startAs(mine, urls.mine)
    expect(first.problem()).toBeNull()
    const second = await startAs(mine, urls.mine)
    const { role } = writeWorkerRole(mine)
    expect(second.problem()).toContain(role)
    // However it ends: here the server ends its session.
    await runSql(
      world.database.url,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'salvor:worker:${mine}' ORDER BY backend_start LIMIT 1`,
    )
    await until('one of them to hold the name again', () => (first.problem() === null) !== (second.problem() === null))
    await Promise.all([first.stop(), second.stop()])
  })
})

describe('a lease that a stranger holds', () => {
  it.each([
    ['another worker under its own name', () => urls.other, nameOfLease('STEP'), true],
    ['a session that is no runner', () => urls.mine, 'psql', true],
    ['its own runner', () => urls.mine, nameOfLease('STEP'), false],
  ])('is seen and named: %s', async (_who, url, name, isStranger) => {
    const fresh = await world.request(`t${randomBytes(3).toString('hex')}`)
    await runSql(world.database.url, `UPDATE salvor.jobs SET worker = $2 WHERE id = $1`, [fresh, mine])
    const client = new pg.Client({ connectionString: url(), application_name: name.replace('STEP', `${fresh}/look`) })
    await client.connect()
    await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [keyOfStep(`${fresh}/look`)])
    const book = createWorkerBook(world.pool)
    await runSql(world.database.url, `SELECT salvor.say_alive('${mine}', 'host:1', NULL)`)
    await nameMissingWorkers(createStore(world.pool), book, new Date())
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
    const { waitingFor } = (await world.view(fresh)).job
    const held = { code: 'lease', facts: { pid: rows[0]?.pid, role: client.user } }
    if (isStranger) expect(waitingFor).toMatchObject(held)
    else expect(waitingFor).toBeNull()
    await client.end()
    await until('the lease to be free', async () => (await book.findHolder(keyOfStep(`${fresh}/look`))) === undefined)
    await nameMissingWorkers(createStore(world.pool), book, new Date())
    expect((await world.view(fresh)).job.waitingFor).toBeNull()
  })
})

describe('salvor worker-role', () => {
  it.each([
    ['db1', 'salvor_worker_db1'],
    ['DB-1.x', expect.stringMatching(/^salvor_worker_db_1_x_[0-9a-f]{8}$/)],
    ['a'.repeat(63), expect.stringMatching(/^salvor_worker_a{40}_[0-9a-f]{8}$/)],
  ])('names the role of %s', (worker, role) => {
    expect(writeWorkerRole(worker).role).toEqual(role)
  })

  it('prints what it would run, and refuses a name that is none', async () => {
    const said: string[] = []
    const out = vi.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0)
    const err = vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0)
    try {
      expect(await main(['worker-role', 'db1'], {})).toBe(0)
      expect(said.join('')).toContain(writeWorkerRole('db1').sql)
      expect(await main(['worker-role', `x'; DROP`], {})).toBe(1)
    } finally {
      out.mockRestore()
      err.mockRestore()
    }
  })
})
