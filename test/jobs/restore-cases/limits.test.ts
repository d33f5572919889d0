import { afterEach, expect, test } from 'vitest'
import { adminUrl, runSql, urlOf, withClient } from '../../support/postgres.ts'
import { openCase, type PlayedCase } from '../../support/restore-cases/play-case.ts'

let played: PlayedCase | undefined
afterEach(async () => {
  await played?.close()
  played = undefined
})

const open = async (id: string): Promise<PlayedCase> => {
  played = await openCase(id)
  return played
}
/** A session of the application, while `work` goes on. */
const besideApp = (of: PlayedCase, work: () => Promise<void>) =>
  withClient(urlOf(of.database, { name: 'app', password: 'app-secret-1' }), work)
const rows = async (of: PlayedCase) => (await of.ask<{ n: number }>('SELECT count(*)::int AS n FROM t'))[0]?.n

test('c14: two connections are enough for a backup and a restore of few rights', async () => {
  const mine = await open('c14')
  await mine.play()
  expect(mine.failureOf('backup')).toBeNull()
  expect(mine.failureOf('restore')).toBeNull()
  expect(mine.after).toBe(mine.before)
})

test('c14: with one of them taken the limit is named before anything is done, and enough once it is raised', async () => {
  const mine = await open('c14')
  await besideApp(mine, async () => {
    await mine.say('backup')
    const facts = { of: `database ${mine.database}`, limit: 2, used: 1, needed: 2 }
    expect(mine.failureOf('backup')).toMatchObject({ code: 'target_limit', facts })
    const { raise } = (mine.failureOf('backup') as { facts: { raise: string } }).facts
    await runSql(adminUrl(), raise)
    await mine.say('backup')
    expect(mine.failureOf('backup')).toBeNull()
  })
})

test('c14b: the limit that the application uses up is named, and the restore gets through without it', async () => {
  const mine = await open('c14b')
  await mine.run('shell-dump')
  await mine.run('damage')
  await besideApp(mine, async () => {
    await mine.say('restore')
    const facts = { of: `database ${mine.database}`, limit: 1, used: 1, needed: 1 }
    expect(mine.failureOf('restore')).toMatchObject({ code: 'target_limit', facts })
    expect(await rows(mine)).toBe(5)
  })
  await mine.say('restore')
  expect(mine.failureOf('restore')).toBeNull()
  expect(await rows(mine)).toBe(10)
})

test('c43: a database that its setting makes read-only is restored, and the card says that nobody can write', async () => {
  const mine = await open('c43')
  await mine.play()
  expect(mine.failureOf('backup')).toBeNull()
  expect(mine.failureOf('restore')).toBeNull()
  expect(mine.after).toBe(mine.before)
  expect(mine.cards.get('restore')?.warnings?.map(({ code }) => code)).toEqual(['read_only'])
  const [setting] = await mine.ask('SHOW default_transaction_read_only')
  expect(setting).toEqual({ default_transaction_read_only: 'on' })
})

test('a migration that made it read-only does not keep it so', async () => {
  const mine = await open('c14')
  await runSql(adminUrl(), `ALTER DATABASE ${mine.database} CONNECTION LIMIT -1`)
  await mine.say('backup')
  await mine.run('damage')
  await runSql(adminUrl(), `ALTER DATABASE ${mine.database} SET default_transaction_read_only = on`)
  await mine.say('restore')
  expect(mine.failureOf('restore')).toBeNull()
  expect(mine.cards.get('restore')?.warnings).toMatchObject([
    { code: 'property_damaged', facts: { what: 'setting default_transaction_read_only', now: 'on', later: 'none' } },
  ])
  await mine.ask('INSERT INTO t VALUES (11)')
})
