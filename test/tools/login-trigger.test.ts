import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { baseline } from '../../jobs/baseline/index.ts'
import { verify } from '../../jobs/verify/index.ts'
import { forgetTriggers } from '../../src/tools/event-triggers.ts'
import { openSession } from '../../src/tools/postgres-session.ts'
import { createStage } from '../jobs/play.ts'
import { adminUrl, createDatabase, runSql, type TestDatabase, urlOf } from '../support/postgres.ts'
import { readCase } from '../support/restore-cases/read-case.ts'

// Login triggers came with PostgreSQL 17: npm run prove:servers plays these on 18.
describe.skipIf(inject('serverMajor') < 17)('a login trigger', () => {
  let database: TestDatabase
  beforeEach(async () => {
    database = await createDatabase({ prefix: 'login' })
  })
  afterEach(() => database.drop())

  test('c62: that writes a row for each session gets none of ours, and nothing was written since', async () => {
    await runSql(database.url, readCase('c62').sections.get('setup') ?? '')
    const folder = mkdtempSync(join(inject('runFolder'), 'c62-'))
    const stage = createStage({ url: database.url, folder })
    const before = await stage.play(baseline, { system: 'orders-db' })
    expect(before.failure).toBeNull()
    const after = await stage.play(verify, { system: 'orders-db', against: 'baseline' })
    expect(after.failure).toBeNull()
    const rows = await runSql(database.url, `SELECT app FROM login_audit WHERE app LIKE 'salvor:%'`)
    expect(rows).toEqual([])
  })

  test('that refuses everybody is named, and passed by a role that may switch it off', async () => {
    const name = `quiet_${database.name}`
    await runSql(adminUrl(), `CREATE ROLE ${name} LOGIN PASSWORD 'quiet-secret-1'`)
    await runSql(
      database.url,
      `CREATE FUNCTION refuse() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'closed for tonight'; END $$;
       CREATE EVENT TRIGGER closed ON login EXECUTE FUNCTION refuse()`,
    )
    const url = urlOf(database.name, { name, password: 'quiet-secret-1' })
    const session = { step: `quiet-${process.pid}/look`, fence: 1 }
    const open = () => openSession({ system: 'orders-db', url, session })
    await expect(open()).rejects.toMatchObject({ code: 'target_login_trigger' })
    await runSql(adminUrl(), `GRANT SET ON PARAMETER event_triggers TO ${name}`)
    forgetTriggers(url)
    const client = await open()
    expect((await client.query('SHOW event_triggers')).rows).toEqual([{ event_triggers: 'off' }])
    await client.end()
    await runSql(adminUrl(), `REVOKE SET ON PARAMETER event_triggers FROM ${name}`)
    // What was learnt no longer holds: it is said again, not a parameter that nobody named.
    await expect(open()).rejects.toMatchObject({ code: 'target_login_trigger' })
  })
})
