import { afterEach, expect, test } from 'vitest'
import type { Loss } from '../../../src/domain/loss.ts'
import { openCase, type PlayedCase } from '../../support/restore-cases/play-case.ts'

let played: PlayedCase | undefined
afterEach(async () => {
  await played?.close()
  played = undefined
})

async function lossOn(step: string): Promise<Loss> {
  const loss = played?.cards.get(step)?.loss
  if (loss === undefined) throw new Error(`the card of ${step} holds no loss: ${played?.failureOf(step)}`)
  return loss
}

test('c04: large objects that came or were rewritten since are on the card', async () => {
  played = await openCase('c04')
  await played.say('backup')
  await played.run('late')
  await played.say('restore')
  const { tables } = await lossOn('restore')
  expect(tables).toMatchObject([{ table: 'large objects', added: 40, changed: 5, gone: 0 }])
  const [left] = await played.ask('SELECT count(*)::int AS n FROM pg_largeobject_metadata')
  expect(left).toEqual({ n: 5 })
})

test('c63: numbers given since, definitions and deletions are on the card', async () => {
  played = await openCase('c63')
  await played.play()
  expect(played.failureOf('restore')).toBeNull()
  const { tables, sequences, objects } = await lossOn('restore')
  expect(tables).toMatchObject([{ table: 'public.stock', added: 0, changed: 0, gone: 5 }])
  expect(sequences).toEqual([{ sequence: 'public.invoice_no', live: '6000', other: '5000' }])
  const names = (objects ?? []).map((one) => `${one.verdict} ${one.name}`).sort()
  expect(names).toEqual([
    'added function public.tax()',
    'added index public.t.t_i',
    'added table public.inbox',
    'added type public.colour',
    'added view public.report',
    'changed function public.price()',
    'changed table public.t',
  ])
})

test('c42: what came since the restore is on the card of its undo', async () => {
  played = await openCase('c42')
  await played.play()
  const { tables, objects } = await lossOn('undo')
  expect(tables).toMatchObject([{ table: 'large objects', added: 30 }])
  const names = (objects ?? []).map((one) => `${one.verdict} ${one.name}`)
  expect(names).toEqual(
    expect.arrayContaining([
      'added function public.hotfix()',
      'added sequence public.s',
      'added table public.empty_yet',
    ]),
  )
})

test('c52b: privileges that a dump without them does not bring back are on the card', async () => {
  played = await openCase('c52b')
  await played.play()
  const { objects } = await lossOn('restore')
  const orders = (objects ?? []).find((one) => one.name === 'table public.orders')
  expect(orders?.verdict).toBe('changed')
  expect(orders?.facets.join()).toMatch(/owner|privileges/)
})

test('one row that came is told although five hundred were deleted', async () => {
  played = await openCase('c00')
  await played.ask('CREATE TABLE net (id int PRIMARY KEY)')
  await played.ask('INSERT INTO net SELECT generate_series(1, 1000)')
  await played.say('backup')
  await played.ask('DELETE FROM net WHERE id <= 500')
  await played.ask('INSERT INTO net VALUES (5000)')
  await played.say('restore')
  const { tables } = await lossOn('restore')
  expect(tables.find((one) => one.table === 'public.net')).toMatchObject({
    added: 1,
    changed: 0,
    gone: 500,
    keys: ['5000'],
  })
})

test.each([
  ['c20', 'target_slots'],
  ['c20b', 'target_prepared'],
])('%s: what came while the approval waited stops the switch', async (id, code) => {
  played = await openCase(id)
  await played.play()
  expect(played.failureOf('restore')).toMatchObject({ code })
  const [live] = await played.ask('SELECT count(*)::int AS n FROM t')
  expect(live).toEqual({ n: 5 })
})
