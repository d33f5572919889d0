import { randomBytes } from 'node:crypto'
import type { TargetAddress } from '../../../src/ports/content-tools.ts'
import type { DatabaseTools, SwitchIntent } from '../../../src/ports/database-tools.ts'
import { silentLog } from '../../../src/ports/log.ts'
import { createContentTools } from '../../../src/tools/content/index.ts'
import { createDatabaseTools } from '../../../src/tools/databases/index.ts'
import { adminUrl, dropDatabase, runSql, urlOf } from '../../support/postgres.ts'

export const tools: DatabaseTools = createDatabaseTools()

/** Of a live database that is there, and a side that takes its place. */
export type StandingIntent = SwitchIntent & { readonly liveOid: number; readonly sideOid: number }

/** A live database with everything that a switch must carry over, roles of its own, and room for side databases. */
export interface Pair {
  readonly live: string
  readonly owner: string
  readonly reader: string
  /** No superuser: CREATEDB, pg_signal_backend, member of the owner. */
  readonly dba: { readonly name: string; readonly password: string }
  readonly target: TargetAddress
  /** The same target over the role that is no superuser. */
  readonly asDba: TargetAddress
  /** A new side database with one table `marks` that says `side`, and the intent to switch to it. */
  prepare(more?: Partial<SwitchIntent>, target?: TargetAddress): Promise<StandingIntent>
  drop(): Promise<void>
}

let fences = 0

export async function createPair(of: { readonly plain?: boolean } = {}): Promise<Pair> {
  const tag = randomBytes(4).toString('hex')
  const live = `live_${tag}`
  const [owner, reader] = [`own_${tag}`, `Reader "${tag}"`]
  const dba = { name: `dba_${tag}`, password: 'dba-secret' }
  const quote = (name: string) => `"${name.replaceAll('"', '""')}"`
  const url = adminUrl()
  const run = (sql: string) => runSql(url, sql)
  await run(`CREATE ROLE ${owner}`)
  await run(`CREATE ROLE ${quote(reader)}`)
  await run(`CREATE ROLE ${dba.name} LOGIN PASSWORD '${dba.password}' CREATEDB IN ROLE ${owner}, pg_signal_backend`)
  await run(`CREATE DATABASE ${live} OWNER ${owner}`)
  if (of.plain !== true) {
    for (const sql of [
      `REVOKE ALL ON DATABASE ${live} FROM PUBLIC`,
      `GRANT CONNECT ON DATABASE ${live} TO ${quote(reader)} WITH GRANT OPTION`,
      `GRANT CREATE ON DATABASE ${live} TO ${dba.name}`,
      `ALTER DATABASE ${live} CONNECTION LIMIT 42`,
      `COMMENT ON DATABASE ${live} IS 'orders, it''s live'`,
      `ALTER DATABASE ${live} SET search_path TO "$user", 'Odd "schema"', public`,
      `ALTER DATABASE ${live} SET work_mem TO '7MB'`,
      `ALTER DATABASE ${live} SET app.tenant TO 'a, "b" c'`,
      `ALTER ROLE ${dba.name} IN DATABASE ${live} SET statement_timeout TO '90s'`,
    ])
      await run(sql)
  }
  await runSql(urlOf(live), `CREATE TABLE marks AS SELECT 'live'::text AS which; ALTER TABLE marks OWNER TO ${owner}`)
  fences += 1
  // Job tests drop what carries their mark: `restore-1` of this Salvor is not theirs.
  const session = { step: `restore-${tag}/switch`, fence: fences, installation: tag }
  const target = { system: 'orders-db', url: urlOf(live), adminUrl: url, session }
  const asDba = { ...target, url: urlOf(live, dba), adminUrl: urlOf('postgres', dba) }
  return {
    live,
    owner,
    reader,
    dba,
    target,
    asDba,
    async prepare(more = {}, by = target) {
      const properties = await createContentTools({ log: silentLog }).readProperties({ target: by, database: live })
      const names = await tools.nextFreeNames(by, live)
      const { oid: sideOid } = await tools.createSide({
        target: by,
        name: names.side,
        like: properties,
        job: 'restore-1',
      })
      await runSql(urlOf(names.side), `CREATE TABLE marks AS SELECT 'side'::text AS which`)
      const { systemIdentifier, oid: liveOid } = await tools.identify(by)
      const seal = 'salvor:old:restore-1 kept for 7d after the switch'
      const mark = await tools.readWriteMark(by)
      const { side, old } = names
      const common = { systemIdentifier, properties, present: properties, seal, mark, wasHeldOff: false, ...more }
      return { live, side, old, ...common, liveOid, sideOid }
    },
    async drop() {
      const rows = await runSql<{ name: string }>(
        url,
        `SELECT datname AS name FROM pg_database WHERE datname ~ '${tag}'`,
      )
      for (const { name } of rows) await dropDatabase(name)
      for (const role of [dba.name, owner, quote(reader)]) await run(`DROP OWNED BY ${role}; DROP ROLE ${role}`)
    },
  }
}

/** Which database answers under a name: `live` or `side`. Connects, so it also says that it accepts connections. */
export async function readMark(database: string): Promise<string | undefined> {
  return (await runSql<{ which: string }>(urlOf(database), 'SELECT which FROM marks'))[0]?.which
}

export async function failureCode(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'no failure',
    (thrown: unknown) => (thrown as { code?: string }).code ?? String(thrown),
  )
}
