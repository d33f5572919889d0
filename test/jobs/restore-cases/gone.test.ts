import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { adminUrl, runSql } from '../../support/postgres.ts'
import { openCase, type PlayedCase } from '../../support/restore-cases/play-case.ts'

let played: PlayedCase | undefined
afterEach(async () => {
  await played?.close()
  played = undefined
})

async function open(id: string): Promise<PlayedCase> {
  played = await openCase(id)
  return played
}

const codes = (step: string) => (played?.cards.get(step)?.warnings ?? []).map(({ code }) => code)
const unknown = (step: string) => played?.cards.get(step)?.loss?.tables.map(({ by, why }) => [by, why?.code])
const listDatabases = async (of: PlayedCase) =>
  (
    await runSql<{ name: string }>(
      adminUrl(),
      'SELECT datname::text AS name FROM pg_database WHERE starts_with(datname, $1) ORDER BY 1',
      [of.database],
    )
  ).map(({ name }) => name)
const facts = async (of: PlayedCase) =>
  runSql(
    adminUrl(),
    `SELECT pg_get_userbyid(datdba) AS owner, datconnlimit AS "limit", datallowconn AS open,
            pg_encoding_to_char(encoding) AS encoding, datcollate AS collate,
            (SELECT setconfig::text FROM pg_db_role_setting WHERE setdatabase = d.oid AND setrole = 0) AS settings
       FROM pg_database d WHERE datname = $1`,
    [of.database],
  )

test('c91: a database that was dropped is made anew, and an undo and its undo go the same way', async () => {
  const { database } = await open('c91')
  if (played === undefined) return
  await runSql(adminUrl(), `ALTER DATABASE ${database} SET search_path = 'public', 'Odd'`)
  await runSql(adminUrl(), `ALTER DATABASE ${database} CONNECTION LIMIT 7`)
  const before = await facts(played)
  await played.play()
  expect(played.failureOf('restore')).toBeNull()
  expect(await played.dump()).toBe(played.before)
  expect(await facts(played)).toEqual(before)
  expect(await listDatabases(played)).toEqual([database])
  // Nobody can see any more what it had, so what the backup brings is told, its owner first.
  const [gone, ...brought] = played.cards.get('restore')?.warnings ?? []
  expect(gone?.code).toBe('live_gone')
  expect(brought.map(({ code }) => code)).toEqual(Array.from(brought, () => 'property_brought'))
  expect(brought.map((one) => (one.facts as { what: string }).what)).toEqual([
    'owner',
    'connection limit',
    'setting search_path',
  ])
  expect(unknown('restore')).toEqual([['none', 'live_gone']])
  await played.say('verify')
  expect(played.failureOf('verify')).toBeNull()
  await played.say('undo')
  expect(played.failureOf('undo')).toBeNull()
  expect(codes('undo')).toEqual(['leaves_none'])
  expect(await listDatabases(played)).toEqual([`${database}_undone_1`])
  const undo = played.outcomes.findLast((one) => one.step === 'undo')?.view.job.id ?? ''
  await played.say('undo2', { job: undo })
  expect(played.failureOf('undo2')).toBeNull()
  expect(await played.dump()).toBe(played.before)
  expect(await facts(played)).toEqual(before)
  expect(await listDatabases(played)).toEqual([database])
})

test('c92: what an interrupted DROP left is put aside, and the database made anew', async () => {
  const { database } = await open('c92')
  if (played === undefined) return
  const before = await facts(played)
  await played.play()
  expect(played.failureOf('restore')).toBeNull()
  expect(await played.dump()).toBe(played.before)
  expect(await facts(played)).toEqual(before)
  expect(await listDatabases(played)).toEqual([database, `${database}_old_1`])
  expect(codes('restore')).toEqual(['live_invalid'])
  expect(unknown('restore')).toEqual([['none', 'live_invalid']])
  await played.say('undo')
  expect(played.failureOf('undo')).toBeNull()
  expect(await listDatabases(played)).toEqual([`${database}_old_1`, `${database}_undone_1`])
})

test('one that was renamed is not taken for lost: its new name is on the card', async () => {
  const { database } = await open('c91')
  if (played === undefined) return
  await played.say('backup')
  await runSql(adminUrl(), `ALTER DATABASE ${database} RENAME TO ${database}_moved`)
  // Its number is in use, so nothing shows that the name was this one's.
  await played.say('restore')
  expect(played.failureOf('restore')).toMatchObject({ code: 'backup_foreign' })
  const [backup = ''] = readdirSync(played.folder).filter((name) => !name.endsWith('.json'))
  await played.say('restore2', { backup })
  expect(played.failureOf('restore2')).toBeNull()
  expect(codes('restore2')).toEqual(['origin_unproven', 'live_gone', 'live_renamed', 'property_brought'])
  expect(await listDatabases(played)).toEqual([database, `${database}_moved`])
})

test('on a server that was built anew it is restored by id, with its origin not proven', async () => {
  const { folder } = await open('c91')
  if (played === undefined) return
  await played.say('backup')
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.manifest.json'))) {
    const manifest = JSON.parse(readFileSync(join(folder, name), 'utf8'))
    writeFileSync(join(folder, name), JSON.stringify({ ...manifest, systemIdentifier: '7000000000000000001' }))
  }
  await played.run('cluster-drop')
  await played.say('restore')
  expect(played.failureOf('restore')).toMatchObject({ code: 'backup_foreign' })
  const [backup = ''] = readdirSync(folder).filter((name) => !name.endsWith('.json'))
  await played.say('restore2', { backup })
  expect(played.failureOf('restore2')).toBeNull()
  expect(codes('restore2')).toEqual(['origin_unproven', 'live_gone', 'property_brought'])
  expect(await played.dump()).toBe(played.before)
})

test('without a manifest the plan’s role owns it, and the card says that nothing else is known', async () => {
  const { folder, database } = await open('c91')
  if (played === undefined) return
  await played.say('backup')
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.json'))) rmSync(join(folder, name))
  await played.run('cluster-drop')
  await played.say('restore')
  expect(played.failureOf('restore')).toBeNull()
  expect(codes('restore')).toEqual(['live_gone', 'properties_plan'])
  expect(await played.ask('SELECT count(*)::int AS n FROM t')).toEqual([{ n: 10 }])
  expect(await listDatabases(played)).toEqual([database])
})

test('what a database that is gone had cannot be kept, and others say that it is gone', async () => {
  await open('c91')
  if (played === undefined) return
  await played.say('backup')
  await played.run('cluster-drop')
  await played.say('restore', { properties: 'live' })
  expect(played.failureOf('restore')).toMatchObject({ code: 'target_gone' })
  await played.say('verify')
  expect(played.failureOf('verify')).toMatchObject({ code: 'target_gone' })
  await played.say('backup2')
  expect(played.failureOf('backup2')).toMatchObject({ code: 'target_gone' })
})
