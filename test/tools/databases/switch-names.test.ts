import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { SalvorError } from '../../../src/domain/errors/fail.ts'
import { silentLog } from '../../../src/ports/log.ts'
import { createContentTools } from '../../../src/tools/content/index.ts'
import { openSession } from '../../../src/tools/postgres-session.ts'
import { adminUrl, runSql, urlOf, withClient } from '../../support/postgres.ts'
import { sessionsOf } from '../../support/processes.ts'
import { createPair, failureCode, type Pair, readMark, tools } from './rig.ts'

let pair: Pair
const content = createContentTools({ log: silentLog })
const signal = new AbortController().signal

beforeEach(async () => {
  pair = await createPair()
})
afterEach(() => pair.drop())

/** With privileges as the server would list them one by one. */
async function readAll(database: string) {
  const { acl, ...properties } = await content.readProperties({ target: pair.target, database })
  const { settings } = properties
  return { ...properties, acl: acl?.toSorted(), settings: settings.toSorted() }
}

// Before PostgreSQL 15 a setting that only superusers set cannot be carried over by anybody else.
const switchers = inject('serverMajor') < 15 ? (['superuser'] as const) : (['superuser', 'role with CREATEDB'] as const)

describe.each(switchers)('a switch by a %s', (who) => {
  const target = () => (who === 'superuser' ? pair.target : pair.asDba)

  test('gives the new live one owner, privileges, limit, comment, database and role settings of the old', async () => {
    const before = await readAll(pair.live)
    expect(before.settings).toHaveLength(3)
    expect(before.roleSettings).toEqual({ [pair.dba.name]: ['statement_timeout=90s'] })
    if (who !== 'superuser') await runSql(adminUrl(), `GRANT SET ON PARAMETER app.tenant TO ${pair.dba.name}`)
    const intent = await pair.prepare({}, target())
    await tools.switchNames({ target: target(), intent, recount: async () => {}, signal })
    expect(await readAll(pair.live)).toEqual(before)
    expect(await tools.compareSwitched(target(), intent)).toEqual([])
    expect(await readMark(pair.live)).toBe('side')
    expect(await tools.locate(target(), intent.liveOid)).toMatchObject({
      name: intent.old,
      accepts: false,
      comment: intent.seal,
    })
    expect(await tools.settleSwitch(target(), intent)).toBe('switched')
  })
})

test('built-in privileges stay the built-in ones', async () => {
  const plain = await createPair({ plain: true })
  try {
    const intent = await plain.prepare()
    await tools.switchNames({ target: plain.target, intent, recount: async () => {}, signal })
    expect(await tools.compareSwitched(plain.target, intent)).toEqual([])
    const [row] = await runSql<{ may: boolean }>(
      adminUrl(),
      `SELECT has_database_privilege('public', '${plain.live}', 'CONNECT, TEMP') AS may`,
    )
    expect(row?.may).toBe(true)
  } finally {
    await plain.drop()
  }
})

test('grants by somebody else than the owner are repeated as theirs', async () => {
  const reader = `"${pair.reader.replaceAll('"', '""')}"`
  await runSql(adminUrl(), `SET ROLE ${reader}; GRANT CONNECT ON DATABASE ${pair.live} TO ${pair.dba.name}`)
  const before = await readAll(pair.live)
  expect(before.acl?.some((item) => item.startsWith(`${pair.dba.name}=c/`))).toBe(true)
  const intent = await pair.prepare()
  await tools.switchNames({ target: pair.target, intent, recount: async () => {}, signal })
  expect(await readAll(pair.live)).toEqual(before)
})

test('sessions in live are ended, and newcomers meet a closed door until it is over', async () => {
  const intent = await pair.prepare()
  await withClient(urlOf(pair.live), async (busy) => {
    await busy.query('BEGIN; INSERT INTO marks VALUES (1)')
    const seen: string[] = []
    const { endedSessions } = await tools.switchNames({
      target: pair.target,
      intent,
      recount: async () => {
        seen.push(await failureCode(runSql(urlOf(pair.live), 'SELECT 1')))
      },
      signal,
    })
    expect(endedSessions).toBe(1)
    // 55000: the database is not currently accepting connections. That holds for superusers too.
    expect(seen).toEqual(['55000'])
  })
  expect(await readMark(pair.live)).toBe('side')
})

test('what was committed up to the last moment is counted once nobody writes any more', async () => {
  const intent = await pair.prepare()
  await runSql(
    urlOf(pair.live),
    `INSERT INTO marks VALUES ('new'); UPDATE marks SET which = 'changed' WHERE which = 'live'`,
  )
  const refuse = new SalvorError('loss_above_ceiling', { changes: 'marks' })
  let counted: unknown
  const switching = tools.switchNames({
    target: pair.target,
    intent,
    recount: async (live) => {
      counted = await live.count()
      throw refuse
    },
    signal,
  })
  await expect(switching).rejects.toBe(refuse)
  expect(counted).toEqual({ rows: { 'public.marks': 2 }, written: { 'public.marks': 2 } })
  // Refused: live is open as it was, nothing was switched, the side database stands.
  expect(await readMark(pair.live)).not.toBe('side')
  expect(await tools.settleSwitch(pair.target, intent)).toBe('not_switched')
  expect(await readMark(intent.side)).toBe('side')
})

test('a frozen live database stays closed when the switch is refused, and is open after one', async () => {
  await tools.holdOff(pair.target, pair.live)
  const intent = await pair.prepare({ wasHeldOff: true })
  const refuse = async () => {
    throw new SalvorError('loss_above_ceiling', { changes: 'marks' })
  }
  const switching = tools.switchNames({ target: pair.target, intent, recount: refuse, signal })
  expect(await failureCode(switching)).toBe('loss_above_ceiling')
  expect(await tools.acceptsConnections(pair.target, pair.live)).toBe(false)
  await tools.switchNames({ target: pair.target, intent, recount: async () => {}, signal })
  expect(await readMark(pair.live)).toBe('side')
})

test('live that is another database by now is not switched', async () => {
  const intent = await pair.prepare()
  await runSql(adminUrl(), `ALTER DATABASE ${pair.live} RENAME TO ${pair.live}_gone`)
  await runSql(adminUrl(), `CREATE DATABASE ${pair.live} OWNER ${pair.owner}`)
  const switching = tools.switchNames({ target: pair.target, intent, recount: async () => {}, signal })
  // The new one under the name is no side of this switch: nobody can say, so a person must look.
  expect(await failureCode(switching)).toBe('step_unknown')
  expect((await tools.locate(pair.target, intent.sideOid))?.name).toBe(intent.side)
})

test('properties that changed since they were shown are refused', async () => {
  const intent = await pair.prepare()
  await runSql(adminUrl(), `ALTER DATABASE ${pair.live} CONNECTION LIMIT 7`)
  const switching = tools.switchNames({ target: pair.target, intent, recount: async () => {}, signal })
  expect(await failureCode(switching)).toBe('target_changed')
  expect(await readMark(pair.live)).toBe('live')
})

test('a prepared transaction that appears late is refused, with live open again', async () => {
  const intent = await pair.prepare()
  const gid = `late-${pair.live}`
  await runSql(urlOf(pair.live), `BEGIN; INSERT INTO marks VALUES ('x'); PREPARE TRANSACTION '${gid}'`)
  const switching = tools.switchNames({ target: pair.target, intent, recount: async () => {}, signal })
  expect(await failureCode(switching)).toBe('target_prepared')
  expect(await readMark(pair.live)).toBe('live')
  await runSql(urlOf(pair.live), `ROLLBACK PREPARED '${gid}'`)
})

test('the plan of a switch lists the statements that the server then sees', async () => {
  const intent = await pair.prepare()
  const planned = await tools.planSwitch(pair.target, intent)
  expect(planned).toEqual(await tools.planSwitch(pair.target, intent))
  expect(planned.filter((one) => / RENAME TO /.test(one))).toEqual([
    `ALTER DATABASE "${pair.live}" RENAME TO "${intent.old}"`,
    `ALTER DATABASE "${intent.side}" RENAME TO "${pair.live}"`,
  ])
  expect(planned.join('\n')).toContain(
    `ALTER DATABASE "${pair.live}" SET "search_path" TO '$user', 'Odd "schema"', 'public'`,
  )
})

test('only sessions of the same installation are ended, though another one has the same job', async () => {
  const [mine, other] = ['abad1dea', '0ddba11'.padEnd(8, '0')].map((installation) => ({
    ...pair.target,
    session: { ...pair.target.session, installation },
  }))
  if (!mine || !other) throw new Error('two installations are needed')
  const open = (of: typeof mine) => openSession({ system: of.system, url: of.adminUrl, session: of.session })
  const [ended, spared] = [await open(mine), await open(other)]
  expect(await tools.endStepSessions(mine, 5_000)).toBe(true)
  await expect(ended.query('SELECT 1')).rejects.toThrow()
  expect((await spared.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
  await spared.end()
})

test('a switch that was stopped in time changes nothing', async () => {
  const intent = await pair.prepare()
  const stop = new AbortController()
  const switching = tools.switchNames({
    target: pair.target,
    intent,
    recount: async () => stop.abort(new SalvorError('stopped', { by: 'alice', job: 'restore-1' })),
    signal: stop.signal,
  })
  expect(await failureCode(switching)).toBe('stopped')
  expect(await readMark(pair.live)).toBe('live')
  expect(await sessionsOf(adminUrl(), new RegExp(`^salvor:${pair.target.session.step}:`))).toEqual([])
})
