import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { TestNight } from '../../support/night.ts'
import { adminUrl, dropDatabase, runSql } from '../../support/postgres.ts'
import { until } from '../../support/until.ts'
import { type FaultNight, isRunnerOf, openFaultNight, type Victim } from './fault-night.ts'

/** A small database of its own, so that sequences are played side by side in one world. */
export interface Lane {
  readonly system: string
  /** As a superuser. */
  readonly url: string
}

/** A world of several lanes, whose processes are shared, and killed for all of them. */
export interface Lanes {
  readonly night: FaultNight
  readonly lanes: readonly Lane[]
  /** kill -9 and start again; who wants the same one killed meanwhile waits for that. Answers whether one was there. */
  strike(victim: Exclude<Victim, 'redis'>, lane: Lane): Promise<boolean>
  close(): Promise<void>
}

/** Every commit leaves one row, by whom: the target itself says what ran. A second row to update makes it another effect. */
const schema = [
  'CREATE TABLE ledger (who text NOT NULL)',
  'CREATE TABLE stock (id int PRIMARY KEY, n int NOT NULL)',
  'INSERT INTO stock VALUES (1, 0)',
]
const remedy = `INSERT INTO ledger SELECT pg_catalog.current_setting('application_name');
UPDATE stock SET n = n + 1;
`

/** Opens a world with that many lanes; bot and worker run as processes of their own. */
export async function openLanes(count: number): Promise<Lanes> {
  const lanes: Lane[] = []
  const names: string[] = []
  const night = await openFaultNight({
    async prepare(of) {
      const env: NodeJS.ProcessEnv = {}
      for (let number = 1; number <= count; number += 1) {
        const name = `lane${number}_${of.database}`
        const url = await makeDatabase(name)
        names.push(name)
        lanes.push({ system: `lane${number}`, url })
        env[`LANE${number}_URL`] = withDatabase(of.orders.env.ORDERS_DB_URL, name)
      }
      writePlan(of, lanes)
      return env
    },
  })
  const underway = new Map<Victim, Promise<unknown>>()
  const bringDown = async (victim: 'bot' | 'worker') => {
    await night.kill(victim)
    await night.bringBack(victim)
  }
  return {
    night,
    lanes,
    async strike(victim, lane) {
      if (victim === 'runner') return killRunner(night, lane)
      const strike = underway.get(victim) ?? bringDown(victim).finally(() => underway.delete(victim))
      underway.set(victim, strike)
      await strike
      return true
    },
    async close() {
      await Promise.allSettled(underway.values())
      await night.close()
      for (const name of names) await dropDatabase(name)
    },
  }
}

/** Waits a little for one: it lives for a second or two. */
async function killRunner(night: FaultNight, { system }: Lane): Promise<boolean> {
  const [row] = await night.query<{ job: string }>(`SELECT job FROM salvor.locks WHERE target = $1`, [
    `database:${system}`,
  ])
  const runner = () => night.processes().find(({ argv }) => isRunnerOf(argv, `${row?.job}`))
  const found = await until('a runner', runner, 1_500, 100).catch(() => undefined)
  if (found === undefined) return false
  process.kill(found.pid, 'SIGKILL')
  return true
}

async function makeDatabase(name: string): Promise<string> {
  await runSql(adminUrl(), `CREATE DATABASE "${name}" OWNER orders_app TEMPLATE template0`)
  await runSql(adminUrl(), `GRANT CONNECT, TEMPORARY ON DATABASE "${name}" TO salvor_dba, salvor_hand`)
  const url = withDatabase(adminUrl(), name)
  await runSql(url, ['ALTER SCHEMA public OWNER TO orders_app', 'SET ROLE orders_app', ...schema].join('; '))
  return url
}

function withDatabase(address: string | undefined, name: string): string {
  const url = new URL(address ?? '')
  url.pathname = `/${name}`
  return url.href
}

function writePlan({ orders }: TestNight, lanes: readonly Lane[]): void {
  const { planPath } = orders
  const systems = lanes.map(
    ({ system }) => `  ${system}:
    kind: postgres
    tier: 1
    owner: dba
    url: \${${system.toUpperCase()}_URL}
    adminUrl: \${ORDERS_ADMIN_URL}
    remedies:
      - { name: tick, when: {}, sql: remedies/tick.sql }
`,
  )
  writeFileSync(join(dirname(planPath), 'remedies', 'tick.sql'), remedy)
  const plan = readFileSync(planPath, 'utf8')
  writeFileSync(planPath, plan.replace(/^systems:\n/m, `systems:\n${systems.join('')}`))
}
