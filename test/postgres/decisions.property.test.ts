import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { JobView } from '../../src/domain/view.ts'
import { doWhatIsDue } from '../../src/engine/due/do-what-is-due.ts'
import { auditIncident } from '../../src/postgres/audit.ts'
import { createShownCards } from '../../src/postgres/cards.ts'
import { keyOfStep, nameOfLease } from '../../src/postgres/lease.ts'
import { createStore } from '../../src/postgres/store.ts'
import { type DecisionWorld, play } from '../support/decision-acts.ts'
import { acts } from '../support/decision-sequences.ts'
import { createEngineWorld, type EngineWorld } from '../support/engine-world.ts'
import { ageApprovals } from '../support/past-guards.ts'
import { adminUrl, runSql, urlOf, withClient } from '../support/postgres.ts'
import { makeStoreRoles } from '../support/store-roles.ts'

/** `npm run prove:approvals` plays many more, some side by side, and keeps what came of them. */
const sequences = Number(process.env.PROVE_IN_SQL ?? 12)
const lanes = Number(process.env.PROVE_LANES ?? 1)
/** So many share one store, each on a target of its own: more would only wait for a longer journal. */
const inOneStore = 50
const terminalRole = `terminal_${randomBytes(4).toString('hex')}`
const password = 'only-for-tests'

beforeAll(() => runSql(adminUrl(), `CREATE ROLE ${terminalRole} LOGIN PASSWORD '${password}'`))
afterAll(() => runSql(adminUrl(), `DROP ROLE ${terminalRole}`))

interface Stage {
  readonly world: EngineWorld
  /** Addresses for those who go round the engine. */
  readonly urls: { readonly worker: string; readonly terminal: string }
}

async function openStage(): Promise<Stage> {
  let worker = ''
  const world = await createEngineWorld({
    urlsOf: async (database) => {
      const made = await makeStoreRoles(database)
      await runSql(database.url, `GRANT CONNECT ON DATABASE ${database.name} TO ${terminalRole}`)
      const grants = readFileSync(new URL('../../src/postgres/grants/terminal.sql', import.meta.url), 'utf8')
      await runSql(database.url, grants.replaceAll('salvor_terminal', terminalRole))
      worker = made.worker
      return made
    },
  })
  return { world, urls: { worker, terminal: urlOf(world.database.name, { name: terminalRole, password }) } }
}

it('the same under the roles of bot, worker and terminal, with ways round the engine in SQL', async () => {
  const seed = Number(process.env.SEED ?? Date.now() % 1_000_000_000)
  const sum = { sequences: 0, acts: 0, executed: 0, roundabout: 0 }
  const began = performance.now()
  const playInOneStore = async (numRuns: number, ownSeed: number) => {
    const stage = await openStage()
    let target = 0
    await fc.assert(
      fc.asyncProperty(acts, async (sequence) => {
        target += 1
        const played = await play(onTarget(stage, `t${target}`), sequence)
        sum.sequences += 1
        for (const key of ['acts', 'executed', 'roundabout'] as const) sum[key] += played[key]
      }),
      { numRuns, seed: ownSeed, endOnFailure: true },
    )
    const { world } = stage
    expect(await auditIncident(world.pool, 1)).toMatchObject({ whole: true })
    const held = `SELECT l.job FROM salvor.locks l JOIN salvor.jobs j ON j.id = l.job
                   WHERE j.state IN ('succeeded', 'failed', 'stopped', 'rejected')`
    expect(await runSql(world.database.url, held)).toEqual([])
    await runSql(world.database.url, `DROP OWNED BY ${terminalRole}`)
    await world.close()
  }
  const parts = Array.from({ length: Math.ceil(sequences / inOneStore) }, (_, part) => part)
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
        await playInOneStore(Math.min(inOneStore, sequences - part * inOneStore), seed + part)
      }
    }),
  )
  const result = { where: 'sql', seed, ...sum, seconds: Math.round((performance.now() - began) / 1000) }
  process.stdout.write(`${JSON.stringify(result)}\n`)
  if (process.env.PROVE_OUT) writeFileSync(`${process.env.PROVE_OUT}/sql.json`, JSON.stringify(result))
  expect(sum.executed).toBeGreaterThan(sequences / 4)
}, 7_200_000)

/** Many sequences share one store, each on a target of its own. */
function onTarget({ world, urls }: Stage, target: string): DecisionWorld {
  const bot = { ...world.deps, store: createStore(world.pool) }
  world.forgetWakeups()
  return {
    ...{ deps: world.deps, script: world.script, target, engine: world.typed },
    settle: world.settle,
    forgetWakeups: world.forgetWakeups,
    expire: async () => void (await doWhatIsDue(bot)),
    async later() {
      await ageApprovals(world.database.url, 45)
      await doWhatIsDue(bot)
    },
    deliver: (approval, person) => createShownCards(world.pool).record(approval, person, new Date().toISOString()),
    async loseLease(step) {
      const end =
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1 AND datname = current_database()'
      await runSql(world.database.url, end, [nameOfLease(step)])
    },
    goRound: (job) => goRound(urls, job),
  }
}

/** What somebody with the login of a worker or of a terminal says straight to the store: nothing of it is taken. */
async function goRound(urls: Stage['urls'], { job, steps, approvals }: JobView): Promise<number> {
  const step = `${job.id}/switch`
  const approval = approvals.at(-1)?.id ?? `${job.id}/a1`
  const state = steps.find(({ id }) => id === step)
  const granted = approvals.at(-1)?.state === 'granted'
  const decide = `INSERT INTO salvor.decisions (approval, person, decision, at) VALUES ('${approval}', 'bob', 'approve', now())`
  const refused = [
    decide,
    `UPDATE salvor.approvals SET state = 'granted'`,
    `UPDATE salvor.steps SET needs_approval = false`,
    `UPDATE salvor.policies SET count = 0`,
    `SELECT salvor.update_job('${job.id}', '{"requester": "nobody"}')`,
    ...(job.state === 'running' ? [] : [`SELECT salvor.update_job('${job.id}', '{"state": "running"}')`]),
    `SELECT salvor.move_step('${step}', '${state?.state}', ${state?.fence}, 'r', '{"state": "done", "output": {"ok": 1}}')`,
    `SELECT salvor.ask_approval('{"id": "x", "step": "${step}", "attempt": 1, "digest": "d", "subject": {}, "count": 1}')`,
  ]
  // Even with the lease in hand: a step starts with its own granted approval, at most once, or not at all.
  const starts = granted ? [] : [`salvor.start_step('${step}', ${(state?.fence ?? 0) + 1}, 'r', '${approval}')`]
  const never = [...starts, `salvor.start_step('${step}', ${(state?.fence ?? 0) + 1}, 'r', NULL)`]
  await withClient(urls.worker, async (client) => {
    const { rows } = await client.query('SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS held', [
      keyOfStep(step),
    ])
    expect(rows[0].held).toBe(true)
    for (const sql of refused) {
      const said = await client.query(sql).then(
        ({ rows: answer }) => JSON.stringify(answer),
        (error: { code?: string }) => error.code,
      )
      // move_step answers false where the row is not what it says; all else is refused.
      expect(said === '42501' || said === '[{"move_step":false}]', `${sql}: ${said}`).toBe(true)
    }
    for (const call of never) expect((await client.query(`SELECT ${call} AS started`)).rows[0].started).toBe(false)
  })
  await expect(runSql(urls.terminal, decide)).rejects.toMatchObject({ code: '42501' })
  await expect(runSql(urls.terminal, `SELECT salvor.hold_job('${job.id}')`)).rejects.toMatchObject({ code: '42501' })
  return refused.length + never.length + 2
}
