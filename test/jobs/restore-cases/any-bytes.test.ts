import { afterEach, expect, test } from 'vitest'
import { openCase, type PlayedCase } from '../../support/restore-cases/play-case.ts'
import { readCompared } from '../../support/restore-cases/read-compared.ts'

let played: PlayedCase | undefined
afterEach(async () => {
  await played?.close()
  played = undefined
})

function differing(step: string) {
  const output = readCompared(played, step)
  return [...output.differing, ...output.notComparable].map((one) => one.name)
}

test('c27: a SQL_ASCII database with other bytes is backed up, verified and restored byte for byte', async () => {
  const mine = await openCase('c27')
  played = mine
  await mine.play()
  expect(mine.failureOf('backup')).toBeNull()
  expect(mine.failureOf('verify')).toMatchObject({ code: 'live_differs' })
  expect(differing('verify')).toEqual(expect.arrayContaining(['column public.t.x', 'public.t']))
  expect(mine.failureOf('restore')).toBeNull()
  expect(mine.before).toContain('caf\xe9')
  expect(mine.after).toBe(mine.before)
  expect(mine.failureOf('verify2')).toBeNull()
})

test('names, comments and keys of such bytes are read and written as they are', async () => {
  const mine = await openCase('c27')
  played = mine
  await mine.ask(`DO $$ BEGIN
    EXECUTE format('CREATE TABLE %I (k text PRIMARY KEY, %I text)', E'\\xe9t\\xe9', E'\\xff');
    EXECUTE format('INSERT INTO %I SELECT E''\\xe4'' || g, E''\\xf6'' FROM generate_series(1, 5) g', E'\\xe9t\\xe9');
    EXECUTE format('CREATE SEQUENCE %I', E'z\\xe4hler');
    EXECUTE format('COMMENT ON TABLE %I IS %L', E'\\xe9t\\xe9', E'\\xfcber');
  END $$`)
  const before = await mine.dump()
  await mine.say('backup')
  expect(mine.failureOf('backup')).toBeNull()
  await mine.ask(`DO $$ BEGIN EXECUTE format('INSERT INTO %I VALUES (E''\\xfc'')', E'\\xe9t\\xe9'); END $$`)
  await mine.say('restore')
  expect(mine.failureOf('restore')).toBeNull()
  expect(mine.cards.get('restore')?.loss?.tables).toMatchObject([{ added: 1, changed: 0, gone: 0, by: 'key' }])
  expect(await mine.dump()).toBe(before)
  await mine.say('verify')
  expect(mine.failureOf('verify')).toBeNull()
})
