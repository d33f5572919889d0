import { afterAll, beforeAll, expect, it } from 'vitest'
import { placeOrders } from '../../sandbox/scenario/place-orders.ts'
import { channel, openNight, type TestNight, textOf } from '../support/night.ts'
import { adminUrl, runSql } from '../support/postgres.ts'
import { until } from '../support/until.ts'
import { command } from './hear-refusal.ts'

let night: TestNight
let tag: string
let before: unknown
let liveOid: number

beforeAll(async () => {
  night = await openNight({ scale: 0.002 })
  tag = night.database.replace('orders_', '')
  await setUnusually(night.database)
  before = await readProperties()
  liveOid = await readOid()
  await night.start('serve')
  await command(night, 'alice', 'open Orders lost --severity 1')
  await night.slack.waitFor('a root message', () => night.slack.messages(channel).find((one) => one.byBot))
})

afterAll(async () => {
  await night.close()
  for (const role of roles().map(quote)) await runSql(adminUrl(), `DROP OWNED BY ${role}; DROP ROLE ${role}`)
})

/** Names as they really occur, and as they make careless SQL break. */
function roles() {
  return [`own er ${tag}`, `Grant"ee ${tag}`, `further ${tag}`, `plain_${tag}`]
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** Every property of a database, none of them at its default. */
async function setUnusually(database: string): Promise<void> {
  const [owner = '', grantee = '', further = '', plain = ''] = roles().map(quote)
  const sql = [
    ...[owner, grantee, further].map((role) => `CREATE ROLE ${role} NOLOGIN`),
    `CREATE ROLE ${plain} LOGIN`,
    `GRANT orders_app TO ${owner}`,
    // Grants of others, and settings of roles, are carried over in the name of their holder.
    `GRANT ${owner}, ${grantee}, ${further}, ${plain} TO salvor_dba, salvor_hand`,
    `ALTER DATABASE ${database} OWNER TO ${owner}`,
    `ALTER DATABASE ${database} WITH CONNECTION LIMIT 41`,
    `COMMENT ON DATABASE ${database} IS 'it''s "the" shop; \\ don''t touch'`,
    `REVOKE ALL ON DATABASE ${database} FROM PUBLIC`,
    `GRANT TEMPORARY ON DATABASE ${database} TO PUBLIC`,
    `GRANT CONNECT ON DATABASE ${database} TO orders_app, orders_reader, ${plain}`,
    `GRANT CONNECT, CREATE ON DATABASE ${database} TO ${grantee} WITH GRANT OPTION`,
    `SET ROLE ${grantee}; GRANT CREATE ON DATABASE ${database} TO ${further}; RESET ROLE`,
    `ALTER DATABASE ${database} SET statement_timeout = '4min'`,
    `ALTER DATABASE ${database} SET search_path = "$user", public, 'Odd, Schema'`,
    `ALTER DATABASE ${database} SET application_name = 'it''s = odd'`,
    `ALTER ROLE ${plain} IN DATABASE ${database} SET work_mem = '9MB'`,
    `ALTER ROLE ${plain} IN DATABASE ${database} SET DateStyle = 'German, DMY'`,
  ]
  for (const one of sql) await runSql(adminUrl(), one)
}

/** What the catalogue holds of the database that is called live now. */
async function readProperties(): Promise<unknown> {
  const [row] = await runSql(
    adminUrl(),
    `SELECT pg_get_userbyid(datdba) AS owner, datconnlimit, datistemplate, datallowconn, datcollate, datctype,
            pg_encoding_to_char(encoding) AS encoding, dattablespace, shobj_description(d.oid, 'pg_database') AS comment,
            (SELECT array_agg(one::text ORDER BY one::text) FROM unnest(datacl) one) AS acl,
            (SELECT jsonb_object_agg(coalesce(r.rolname, ''), (SELECT array_agg(c ORDER BY c) FROM unnest(s.setconfig) c))
               FROM pg_db_role_setting s LEFT JOIN pg_roles r ON r.oid = s.setrole WHERE s.setdatabase = d.oid) AS settings
       FROM pg_database d WHERE datname = $1`,
    [night.database],
  )
  return row
}

async function readOid(): Promise<number> {
  const rows = await runSql<{ oid: number }>(adminUrl(), 'SELECT oid::int FROM pg_database WHERE datname = $1', [
    night.database,
  ])
  return rows[0]?.oid ?? 0
}

async function countOrders(): Promise<number> {
  const rows = await runSql<{ n: number }>(night.orders.database.superUrl, 'SELECT count(*)::int AS n FROM orders')
  return rows[0]?.n ?? 0
}

async function finish(job: string, state = 'succeeded'): Promise<void> {
  await until(
    `${job} to be ${state}`,
    async () => {
      const now = await night.jobState(job)
      if (now === 'failed' && state !== 'failed') {
        const rows = await night.query(`SELECT data FROM salvor.events WHERE type = 'job_failed' AND job = $1`, [job])
        return { failed: rows }
      }
      return now === state ? { failed: null } : undefined
    },
    90_000,
  ).then((seen) => expect(seen).toEqual({ failed: null }))
}

function awaitApproval(job: string) {
  return night.slack.waitFor(
    `the approval card of ${job}`,
    () =>
      night.slack
        .thread(channel, night.rootTs())
        .find((one) => /Approve/.test(one.text) && textOf(one).includes(`approve ${job}`)),
    90_000,
  )
}

it('keeps every property of the database over a switch where that was asked for', async () => {
  expect(Object.values(before as object)).not.toContain(null)
  // The backup is older than what makes them unusual.
  await command(night, 'alice', 'restore orders-db --properties live')
  await finish('restore-1', 'awaiting_approval')
  await command(night, 'bob', `approve restore-1 ${await night.cardCode('restore-1')}`)
  await finish('restore-1')
  expect(await readOid()).not.toBe(liveOid)
  expect(await readProperties()).toEqual(before)
  const [step] = await night.query<{ differences: string[] }>(
    `SELECT output->'differences' AS differences FROM salvor.steps WHERE id = 'restore-1/switch'`,
  )
  expect(step?.differences).toEqual([])
})

it('stops what writes while the database is frozen, and starts it again when it is thawed', async () => {
  const healthy = () =>
    fetch(`${night.orders.apiUrl}/healthz`).then(
      (answer) => answer.ok,
      () => false,
    )
  await command(night, 'alice', 'restart orders-api')
  await finish('restart-1')
  expect(await healthy()).toBe(true)
  await command(night, 'alice', 'freeze orders-db')
  await finish('freeze-1')
  expect(await healthy()).toBe(false)
  await command(night, 'alice', 'thaw orders-db')
  await finish('thaw-1')
  expect(await healthy()).toBe(true)
  expect(await readProperties()).toEqual(before)
})

it('shows at undo what was written since, and brings the old database back after an approval', async () => {
  const restored = await countOrders()
  await placeOrders(night.orders.database.appUrl, 3)
  await command(night, 'alice', 'undo restore-1')
  await finish('undo-1', 'awaiting_approval')
  const card = await awaitApproval('undo-1')
  // The former database has orders of these numbers as well, with the very same items.
  expect(textOf(card)).toMatch(/since restore-1: orders: 3 changed/)
  expect(textOf(card)).toMatch(/rows that restore-1 brought go again: orders 378/)
  expect(await readOid()).not.toBe(liveOid)
  await command(night, 'bob', `approve undo-1 ${await night.cardCode('undo-1')}`)
  await finish('undo-1')
  expect(await readOid()).toBe(liveOid)
  expect(await readProperties()).toEqual(before)
  expect(await countOrders()).not.toBe(restored)
})

it('takes a backup and a baseline, and verifies against it', async () => {
  await command(night, 'alice', 'backup orders-db')
  await finish('backup-1')
  await command(night, 'alice', 'baseline orders-db')
  await finish('baseline-1')
  await command(night, 'alice', 'verify orders-db --against baseline')
  await until(
    'verify-1 at rest',
    async () => ['succeeded', 'failed'].includes((await night.jobState('verify-1')) ?? ''),
    60_000,
  )
  const words = await night.query<{ data: unknown }>(
    `SELECT data FROM salvor.events WHERE job = 'verify-1' AND type IN ('job_failed', 'job_succeeded')`,
  )
  // The damage is in the baseline too; what the plan expects of the content is still not there.
  expect(JSON.stringify(words)).toMatch(/check.*paid orders kept/)
  expect(JSON.stringify(words)).not.toMatch(/table .{1,40} differs/)
})

it('keeps notes and lessons, reports, closes and opens again', async () => {
  const { slack } = night
  await command(night, 'dave', 'note the vendor was called')
  await command(night, 'bob', 'note rehearse with real phone numbers —lesson')
  await until('both notes on the record', async () => {
    return (await night.query(`SELECT FROM salvor.events WHERE type = 'note_added'`)).length === 2
  })
  await command(night, 'alice', 'report')
  await slack.waitFor('a draft report', () => /chain whole/.test(night.threadText()), 30_000)
  const file = await slack.waitFor(
    'its file',
    () => slack.files().find((one) => one.state === 'completed' && /incident-1/.test(one.name)),
    30_000,
  )
  const text = file.content.toString()
  expect(text).toMatch(/the vendor was called/)
  expect(text).toMatch(/rehearse with real phone numbers/)
  expect(text).toMatch(/restore-1/)
  expect(text).toMatch(/undo-1/)
  expect(text).not.toMatch(/stays frozen|freeze-1: orders-api is down/)
  await command(night, 'alice', 'close --reason the restore was taken back')
  const root = () => slack.messages(channel).find((one) => one.byBot)?.text ?? ''
  await slack.waitFor('a closed root', () => /closed/i.test(root()), 30_000)
  await command(night, 'alice', 'reopen')
  await slack.waitFor('an open root', () => !/closed/i.test(root()), 30_000)
  expect(slack.violations).toEqual([])
})
