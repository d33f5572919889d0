import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { noNeeds } from '../../../src/domain/archive-needs.ts'
import { adminUrl, runSql, urlOf, withClient } from '../../support/postgres.ts'
import { createPair, failureCode, type Pair, tools } from './rig.ts'

let pair: Pair
beforeEach(async () => {
  pair = await createPair()
})
afterEach(() => pair.drop())

function preflight(more: Partial<Parameters<typeof tools.preflight>[0]> = {}) {
  const names = { sideName: `${pair.live}_side_1`, oldName: `${pair.live}_old_1` }
  return tools.preflight({
    target: pair.target,
    database: pair.live,
    ...names,
    needs: { ...noNeeds, roles: [pair.owner, pair.reader] },
    bytesNeeded: 1e6,
    wanted: null,
    ...more,
  })
}

test('a target that is as it should be passes, with what was found', async () => {
  const { findings } = await preflight()
  expect(findings.join('; ')).toMatch(/PostgreSQL 1\d.*free, about 1.0 MB needed.*superuser/)
})

describe('refused before anything is changed', () => {
  test('a role that the backup needs and the server lacks', async () => {
    const work = preflight({ needs: { ...noNeeds, roles: [pair.owner, 'app_gone'] } })
    expect(await failureCode(work)).toBe('target_role_missing')
    await expect(work).rejects.toThrow('app_gone')
  })

  test('a tablespace that the backup needs and the server lacks, or in which nobody lets it create', async () => {
    const missing = preflight({ needs: { ...noNeeds, tablespaces: ['pg_default', 'no_such_disk'] } })
    expect(await failureCode(missing)).toBe('target_tablespace_missing')
    await expect(missing).rejects.toMatchObject({ facts: { tablespace: 'no_such_disk' } })
    const target = { ...pair.target, url: urlOf(pair.live, { name: pair.reader, password: 'x' }) }
    const closed = preflight({ target, needs: { ...noNeeds, tablespaces: ['pg_global'] } })
    await expect(closed).rejects.toMatchObject({ code: 'target_rights', facts: { role: pair.reader } })
  })

  test('who is no superuser grants nothing on the schema public, before PostgreSQL 15', async () => {
    const target = pair.asDba
    const isRefused = async (more: object) =>
      (await failureCode(preflight({ target, needs: { ...noNeeds, ...more } }))) === 'needs_superuser'
    const grants = (...all: [string | null, string, boolean][]) => ({
      publicGrants: all.map(([role, privilege, given]) => ({ role, privilege, given })),
    })
    const isFixed = inject('serverMajor') < 15
    expect(await isRefused(grants([pair.reader, 'create', true]))).toBe(isFixed)
    expect(await isRefused(grants([null, 'usage', true], [null, 'create', false]))).toBe(isFixed)
    expect(await isRefused({ publicOwner: pair.owner })).toBe(isFixed)
    // As a fresh database has it.
    expect(await isRefused(grants([null, 'usage', true], [null, 'create', true]))).toBe(false)
    const needs = { ...noNeeds, ...grants([pair.reader, 'create', true]) }
    expect(await failureCode(preflight({ needs }))).toBe('no failure')
  })

  test('more locks in one statement of the backup than the server has room for', async () => {
    const facts = { tables: 10_000_000 }
    const work = preflight({ needs: { ...noNeeds, lockedAtOnce: 10_000_000 } })
    await expect(work).rejects.toMatchObject({ code: 'load_locks', facts })
  })

  test('a name that is taken', async () => {
    await runSql(adminUrl(), `CREATE DATABASE ${pair.live}_side_1`)
    expect(await failureCode(preflight())).toBe('target_name_taken')
    expect(await tools.nextFreeNames(pair.target, pair.live)).toMatchObject({ side: `${pair.live}_side_2` })
  })

  test('a name that PostgreSQL would cut', async () => {
    expect(await failureCode(preflight({ oldName: 'x'.repeat(64) }))).toBe('target_not_expected')
  })

  test('a prepared transaction', async () => {
    const gid = `p-${pair.live}`
    await runSql(urlOf(pair.live), `BEGIN; INSERT INTO marks VALUES ('x'); PREPARE TRANSACTION '${gid}'`)
    await expect(preflight()).rejects.toMatchObject({ code: 'target_prepared', facts: { seen: gid } })
    await runSql(urlOf(pair.live), `ROLLBACK PREPARED '${gid}'`)
  })

  test('a logical replication slot', async () => {
    const slot = `slot_${pair.live}`
    await runSql(urlOf(pair.live), `SELECT pg_create_logical_replication_slot('${slot}', 'pgoutput')`)
    await expect(preflight()).rejects.toMatchObject({ code: 'target_slots', facts: { seen: slot } })
    await runSql(urlOf(pair.live), `SELECT pg_drop_replication_slot('${slot}')`)
  })

  test('a subscription', async () => {
    await runSql(
      urlOf(pair.live),
      `CREATE SUBSCRIPTION sub_${pair.live} CONNECTION 'dbname=nowhere' PUBLICATION p WITH (connect = false)`,
    )
    expect(await failureCode(preflight())).toBe('target_subscriptions')
    const off = `ALTER SUBSCRIPTION sub_${pair.live} SET (slot_name = NONE)`
    await withClient(urlOf(pair.live), async (client) => {
      await client.query(off)
      await client.query(`DROP SUBSCRIPTION sub_${pair.live}`)
    })
  })

  test('a disk that is too small', async () => {
    expect(await failureCode(preflight({ bytesNeeded: 1e18 }))).toBe('target_space')
  })

  test('a maintenance connection into the live database itself', async () => {
    const target = { ...pair.target, adminUrl: pair.target.url }
    expect(await failureCode(preflight({ target }))).toBe('target_not_expected')
  })
})

/** Rights on single parameters came with PostgreSQL 15; before that only superusers carry over those of others. */
const noParameterRights = inject('serverMajor') < 15

describe('a role that is no superuser', () => {
  const sql = (text: string) => runSql(adminUrl(), text)

  test.skipIf(noParameterRights)(
    'may do everything with CREATEDB, pg_signal_backend, the owner and SET on odd parameters',
    async () => {
      await sql(`GRANT SET ON PARAMETER app.tenant TO ${pair.dba.name}`)
      const { findings } = await preflight({ target: pair.asDba })
      expect(findings.join('; ')).toContain('no superuser')
    },
  )

  test.each([
    ['CREATEDB', (name: string) => `ALTER ROLE ${name} NOCREATEDB`, /create and rename databases/],
    ['the owner', (name: string, owner: string) => `REVOKE ${owner} FROM ${name}`, /which own_\w+ owns/],
    ['pg_signal_backend', (name: string) => `REVOKE pg_signal_backend FROM ${name}`, /end the sessions/],
  ])('is told when it lacks %s', async (_, take, said) => {
    await sql(take(pair.dba.name, pair.owner))
    await expect(preflight({ target: pair.asDba })).rejects.toMatchObject({
      code: 'target_rights',
      message: expect.stringMatching(said),
    })
  })

  test.skipIf(noParameterRights)('is told of settings that it could not carry over', async () => {
    await expect(preflight({ target: pair.asDba })).rejects.toMatchObject({
      code: 'target_rights',
      hint: expect.stringContaining('GRANT SET ON PARAMETER app.tenant'),
    })
    await sql(`GRANT SET ON PARAMETER app.tenant TO ${pair.dba.name}`)
    const stranger = `stranger_${pair.live}`
    await sql(`CREATE ROLE ${stranger}`)
    await sql(`ALTER ROLE ${stranger} IN DATABASE ${pair.live} SET work_mem TO '5MB'`)
    try {
      await expect(preflight({ target: pair.asDba })).rejects.toMatchObject({
        message: expect.stringContaining(`settings of ${stranger}`),
        hint: expect.stringContaining(`GRANT "${stranger}" TO "${pair.dba.name}"`),
      })
      await sql(`GRANT ${stranger} TO ${pair.dba.name}`)
      await preflight({ target: pair.asDba })
      await sql(`ALTER ROLE ${stranger} IN DATABASE ${pair.live} SET log_statement TO 'all'`)
      await expect(preflight({ target: pair.asDba })).rejects.toMatchObject({
        hint: expect.stringContaining(`GRANT SET ON PARAMETER log_statement TO "${stranger}"`),
      })
    } finally {
      await sql(`ALTER ROLE ${stranger} IN DATABASE ${pair.live} RESET ALL`)
      await sql(`DROP ROLE ${stranger}`)
    }
  })
})

test('of several limits the one that is used up is named', async () => {
  const room = () =>
    tools.findRoom({ target: pair.target, database: pair.live, url: pair.asDba.url, needed: 1 }).then(
      (free) => free,
      (thrown: { code?: string; facts?: { of?: string } }) => `${thrown.code} ${thrown.facts?.of}`,
    )
  expect(await room()).toBe(42)
  await runSql(adminUrl(), `ALTER ROLE ${pair.dba.name} CONNECTION LIMIT 0`)
  expect(await room()).toBe(`target_limit role ${pair.dba.name}`)
  await runSql(adminUrl(), `ALTER DATABASE ${pair.live} CONNECTION LIMIT 0`)
  await runSql(adminUrl(), `ALTER ROLE ${pair.dba.name} CONNECTION LIMIT 3`)
  expect(await room()).toBe(`target_limit database ${pair.live}`)
})

describe('who the target is', () => {
  test('is asked over both of its addresses', async () => {
    const identity = await tools.identify(pair.target)
    expect(identity).toMatchObject({ name: pair.live, systemIdentifier: expect.stringMatching(/^\d{10,}$/) })
    expect(identity.dataDirectoryFreeBytes).toBeGreaterThan(0)
  })

  test('a database that the maintenance server does not have is refused', async () => {
    const target = { ...pair.target, url: urlOf('nowhere_at_all') }
    expect(await failureCode(tools.identify(target))).toBe('target_gone')
  })
})
