import { afterEach, beforeEach, expect, test } from 'vitest'
import { adminUrl, runSql } from '../../support/postgres.ts'
import { openCase, type PlayedCase } from '../../support/restore-cases/play-case.ts'
import { readCompared } from '../../support/restore-cases/read-compared.ts'

let played: PlayedCase
beforeEach(async () => {
  played = await openCase('c23')
})
afterEach(() => played.close())

/** What the catalogue says of live itself. */
async function readDatabase() {
  const rows = await runSql(
    adminUrl(),
    `SELECT pg_get_userbyid(datdba) AS owner, datconnlimit AS "limit",
            (SELECT array_agg(one::text ORDER BY one::text) FROM unnest(coalesce(datacl, acldefault('d', datdba))) one) AS acl,
            shobj_description(d.oid, 'pg_database') AS comment,
            (SELECT array_agg(one ORDER BY one) FROM pg_db_role_setting s, unnest(setconfig) one
              WHERE setdatabase = d.oid AND setrole = 0) AS settings,
            (SELECT array_agg(r.rolname || ' ' || one ORDER BY one)
               FROM pg_db_role_setting s JOIN pg_roles r ON r.oid = setrole, unnest(setconfig) one
              WHERE setdatabase = d.oid) AS roles
       FROM pg_database d WHERE datname = $1`,
    [played.database],
  )
  return rows[0]
}

const warnings = (step: string) => (played.cards.get(step)?.warnings ?? []).map(({ code }) => code)
const changed = (step: string) =>
  (played.cards.get(step)?.warnings ?? []).map(({ facts }) => ('what' in facts ? facts.what : '')).sort()
const rowsOf = async () => (await played.ask<{ n: number }>('SELECT count(*)::int AS n FROM public.t'))[0]?.n
const compared = (step: string) => readCompared(played, step)

test('c23: a damaged owner, limit and settings come back as the backup has them', async () => {
  const before = await readDatabase()
  await played.play()
  expect(played.failureOf('verify')).toMatchObject({ code: 'live_differs' })
  expect(played.failureOf('restore')).toBeNull()
  expect(await readDatabase()).toEqual(before)
  expect(await rowsOf()).toBe(10)
  expect(warnings('restore')).toEqual(Array(4).fill('property_damaged'))
  expect(changed('restore')).toEqual([
    'connection limit',
    'owner',
    'setting default_transaction_read_only',
    'setting search_path',
  ])
  expect(played.failureOf('verify2')).toBeNull()
  await played.say('undo')
  // As it was, with the damage that it had.
  expect(await readDatabase()).toMatchObject({ owner: 'auditor', limit: 0 })
  expect(await rowsOf()).toBe(5)
  expect(warnings('undo')).toEqual(Array(4).fill('property_back'))
})

test('what is damaged after the restore is seen, though it is what live has', async () => {
  await played.say('backup')
  await played.say('restore')
  await played.run('damage')
  await played.say('verify')
  expect(played.failureOf('verify')).toMatchObject({ code: 'live_differs' })
  const names = compared('verify').differing.map((one) => one.name)
  expect(names).toEqual(expect.arrayContaining(['owner', 'connection limit', 'settings']))
})

test('live keeps what it has where that was asked for, and verify does not call it proven', async () => {
  await played.say('backup')
  await played.run('damage')
  const damaged = await readDatabase()
  await played.say('restore', { properties: 'live' })
  expect(played.failureOf('restore')).toBeNull()
  expect(await readDatabase()).toEqual(damaged)
  expect(await rowsOf()).toBe(10)
  expect(new Set(warnings('restore'))).toEqual(new Set(['property_kept', 'read_only']))
  await played.say('verify')
  expect(played.failureOf('verify')).toBeNull()
  expect(compared('verify').unproven.map((one) => one.why?.code)).toEqual(Array(4).fill('property_approved'))
})

test('privileges, comment and settings of roles that a migration changed come back too', async () => {
  const { database } = played
  const say = (sql: string) => runSql(adminUrl(), sql)
  await say(`COMMENT ON DATABASE ${database} IS 'the books'`)
  await say(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`)
  await say(`GRANT CONNECT ON DATABASE ${database} TO reader WITH GRANT OPTION`)
  await say(`ALTER ROLE reader IN DATABASE ${database} SET work_mem = '9MB'`)
  const before = await readDatabase()
  await played.say('backup')
  await say(`COMMENT ON DATABASE ${database} IS NULL`)
  await say(`GRANT ALL ON DATABASE ${database} TO PUBLIC`)
  await say(`REVOKE ALL ON DATABASE ${database} FROM reader CASCADE`)
  await say(`ALTER ROLE reader IN DATABASE ${database} SET work_mem = '1MB'`)
  await say(`ALTER ROLE auditor IN DATABASE ${database} SET role = 'postgres'`)
  await played.say('restore')
  expect(played.failureOf('restore')).toBeNull()
  expect(await readDatabase()).toEqual(before)
  expect(changed('restore')).toEqual(['comment', 'privileges', 'setting role of auditor', 'setting work_mem of reader'])
})

test('an owner whom the server no longer knows is named before anything is made', async () => {
  const owner = `lost_${played.database}`
  await runSql(adminUrl(), `CREATE ROLE ${owner}`)
  await runSql(adminUrl(), `ALTER DATABASE ${played.database} OWNER TO ${owner}`)
  await played.say('backup')
  await runSql(adminUrl(), `ALTER DATABASE ${played.database} OWNER TO app`)
  await runSql(adminUrl(), `DROP ROLE ${owner}`)
  await played.say('restore')
  expect(played.failureOf('restore')).toMatchObject({ code: 'target_property_role', facts: { role: owner } })
  await played.say('restore2', { properties: 'live', backup: 'latest' })
  expect(played.failureOf('restore2')).toBeNull()
})

test('a database is never verified against itself', async () => {
  await played.say('verify', { against: played.database })
  expect(played.failureOf('verify')).toMatchObject({ code: 'verify_itself' })
})
