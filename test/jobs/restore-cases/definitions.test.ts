import { afterEach, describe, expect, test } from 'vitest'
import { openCase, type PlayedCase } from '../../support/restore-cases/play-case.ts'
import { readCompared } from '../../support/restore-cases/read-compared.ts'

let played: PlayedCase | undefined
afterEach(async () => {
  await played?.close()
  played = undefined
})

/** Everything that a verify found to differ, by name. */
const differing = (step: string) => readCompared(played, step).differing.map((one) => one.name)
/** Everything that it found to be other, and written since. */
const open = (step: string) => readCompared(played, step).notComparable.map((one) => one.name)

describe('what was refused for good comes back byte for byte', () => {
  test.each(['c01', 'c30'])('%s', async (id) => {
    played = await openCase(id)
    await played.play()
    expect(played.failureOf('restore')).toBeNull()
    expect(await played.dump()).toBe(played.before)
  })

  test('a sequence that was behind its column in the backup as well is told beside the verdict', async () => {
    played = await openCase('c30')
    await played.play()
    expect(JSON.stringify(played.cards.get('restore'))).toContain('customers_id_seq')
  })
})

// pg_dump needs ten seconds for the 1590 columns of this one, each time.
test('c17c: names that plain objects know, no columns and very many come back', { timeout: 300_000 }, async () => {
  played = await openCase('c17c')
  await played.play()
  expect(played.failureOf('restore')).toBeNull()
  const [found] = await played.ask<Record<string, number>>(
    `SELECT (SELECT count(*) FROM pg_constraint WHERE conname = '__proto__')::int AS named,
            (SELECT count(*) FROM none)::int AS nothing, (SELECT count(*) FROM dropped)::int AS dropped,
            (SELECT max(attnum) FROM pg_attribute WHERE attrelid = 'wide'::regclass)::int AS wide,
            (SELECT count(*) FROM ch WHERE (y, z, late) = (2, 3, 'l'))::int AS heirs`,
  )
  expect(found).toEqual({ named: 1, nothing: 2, dropped: 2, wide: 1590, heirs: 1 })
  // Tables, settings and checks as well: told on the card, carried over, asked.
  const loss = played.cards.get('restore')?.loss?.tables.find((one) => one.table === 'public.constructor')
  expect(loss).toMatchObject({ added: 2, by: 'key' })
  expect(
    await played.ask(`SELECT current_setting('app.__proto__') AS one, current_setting('app.constructor') AS two`),
  ).toEqual([{ one: 'x', two: 'y' }])
  expect(readCompared(played, 'verify2').checks).toEqual({ passed: 3, total: 3 })
})

test('c02: values behind a cast that masks them are seen to differ, and restored', async () => {
  played = await openCase('c02')
  await played.play()
  // The manifest's marks show that somebody wrote: neither green nor red, and named.
  expect(open('verify')).toContain('public.payment')
  expect(played.after).toBe(played.before)
})

test('c11: each of two dozen changes of definitions is named', async () => {
  played = await openCase('c11')
  await played.play()
  const names = new Set(differing('verify'))
  const changed = [
    'table app.m_24',
    'app.child.child_p_fkey',
    'app.child.rule',
    'app.child.words',
    'column app.child.note',
    'function app.price(integer)',
    'view app.v',
    'function app.trg()',
    'table app.child',
    'policy app.child.mine',
    'app.invoice_no',
    'domain constraint app.positive.positive_check',
    'type app.mood',
    'rule app.kept.nodelete',
    'statistics app.st',
    'comment table app.child',
    'column app.coll.x',
    'table app.repl',
    'publication pub',
    'table app.childinh',
    'table app.kept',
    'schema app',
  ]
  expect(changed.filter((name) => !names.has(name))).toEqual([])
  expect([...names].some((name) => name.startsWith('default privileges') && name.includes('app'))).toBe(true)
  expect(played.failureOf('restore')).toBeNull()
  expect(played.after).toBe(played.before)
})

test('what the archive does not bring back is named when it is made', async () => {
  played = await openCase('c00')
  const { database } = played
  await played.ask(`CREATE TABLE many (a int)`)
  await played.ask(`INSERT INTO many VALUES (1), (1)`)
  await played.ask(`CREATE UNIQUE INDEX CONCURRENTLY half ON many (a)`).catch(() => {})
  const { view } = await played.say('backup')
  expect(view.steps.find((one) => one.name === 'rehearse')?.output).toMatchObject({
    left: [{ kind: 'index', path: ['public', 'many', 'half'] }],
    problem: null,
  })
  // An index that was invalid before is no difference, neither for live nor for the copy that lacks it.
  await played.say('verify')
  expect(played.failureOf('verify')).toBeNull()
  await played.say('restore')
  expect(played.failureOf('restore')).toBeNull()
  expect(database).not.toBe('')
})
