import { afterEach, expect, test } from 'vitest'
import { openCase, type PlayedCase } from '../../support/restore-cases/play-case.ts'
import { readCompared } from '../../support/restore-cases/read-compared.ts'

/** What people report of dumps and restores, one small database a report; the files name where it was read. */

let played: PlayedCase | undefined
afterEach(async () => {
  await played?.close()
  played = undefined
})

test('r01: one of each of two dozen that a dump is said to lose: its change is named, and it comes back', async () => {
  played = await openCase('r01')
  await played.play()
  const { differing, notComparable } = readCompared(played, 'verify')
  const named = differing.map((one) => `${one.subject} ${one.name}`)
  expect(named.toSorted()).toEqual(
    [
      ...['app_ev_1.odd_name', 'app_ev_1.other_name', 'app_comp.app_comp_d_excl', 'app_coll.app_coll_pkey'].map(
        (name) => `index public.${name}`,
      ),
      'constraint public.app_comp.app_comp_d_excl',
      ...['app_coll', 'app_un'].map((name) => `object table public.${name}`),
      ...['app_id.id', 'app_pair.x', 'app_pair.z', 'app_coll.w', 'app_ft.id'].map(
        (name) => `object column public.${name}`,
      ),
      'object sequence public.app_owned',
      'object trigger public.app_id.app_ct',
      'object trigger public.app_ev_1.app_ev_t',
      'object rule public.app_comp.app_rule',
      'object policy public.app_rls.app_pol',
      'object statistics public.app_st',
      'object event trigger app_evtrg',
      'object publication app_pub',
      'object default privileges postgres  tables',
      'object comment large object 4711',
      'object comment table constraint app_ev_key on public.app_ev',
      'object large object 4711',
    ].toSorted(),
  )
  expect(notComparable.map(({ name, why }) => [name, why?.code])).toEqual([['public.app_mv', 'view_computed_anew']])
  expect(played.failureOf('restore')).toBeNull()
  expect(readCompared(played, 'verify2').differing).toEqual([])
  expect(await played.dump()).toBe(played.before)
})

test.each([
  ['r02', 'generated column slug of public.pages'],
  ['r03', 'table public.exp_table'],
])(
  '%s: a generated column that cannot be computed while loading is told when the backup is made',
  async (id, object) => {
    played = await openCase(id)
    await played.say('backup')
    const rehearsed = played.outcomes.at(-1)?.view.steps.find((one) => one.name === 'rehearse')?.output
    expect(rehearsed).toMatchObject({ problem: { code: 'archive_unloadable' } })
    await played.run('damage')
    await played.say('restore')
    expect(played.failureOf('restore')).toMatchObject({ code: 'archive_unloadable', facts: { object } })
  },
)

test('r04: a trigger that fails under the path of a load is not fired by it', async () => {
  played = await openCase('r04')
  await played.play()
  expect(played.failureOf('restore')).toBeNull()
  expect(await played.dump()).toBe(played.before)
})

test('r05: the owner of an extension, which no dump writes down, is said to be lost before anybody approves', async () => {
  played = await openCase('r05')
  await played.play()
  const rehearsed = played.outcomes[0]?.view.steps.find((one) => one.name === 'rehearse')?.output
  const missing = [{ code: 'owner_other', facts: { object: 'extension pg_trgm', owner: 'app', later: 'postgres' } }]
  expect(rehearsed).toMatchObject({ notInBackup: missing })
  expect(JSON.stringify(played.cards.get('restore')?.warnings)).toContain('extension pg_trgm')
  expect(await played.dump()).toBe(played.before)
})
