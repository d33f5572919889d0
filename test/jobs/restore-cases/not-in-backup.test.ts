import { afterEach, expect, test } from 'vitest'
import { rehearseOutput } from '../../../jobs/backup/params.ts'
import { restore } from '../../../jobs/restore/index.ts'
import { verify } from '../../../jobs/verify/index.ts'
import { compareOutput } from '../../../jobs/verify/params.ts'
import type { ApprovalSubject } from '../../../src/domain/approval.ts'
import { openCase, type PlayedCase } from '../../support/restore-cases/play-case.ts'
import { createStage } from '../play.ts'

let played: PlayedCase | undefined
afterEach(async () => {
  await played?.close()
  played = undefined
})

function outputOf(said: string, step: string) {
  const view = played?.outcomes.findLast((one) => one.step === said)?.view
  return view?.steps.find((one) => one.name === step)?.output
}

/** What was said of the backup when it was made, as code and name. */
const saidThen = () => rehearseOutput.parse(outputOf('backup', 'rehearse')).notInBackup.map(nameIt)

/** The lines before all else on the card of the switch. */
const onCard = () => (played?.cards.get('restore')?.warnings ?? []).map(({ facts }) => facts.is)

const listMissing = (compared: unknown) =>
  compareOutput.parse(compared).unproven.flatMap(({ name, why }) => (why?.code === 'not_in_backup' ? [name] : []))

function nameIt({ code, facts }: { code: string; facts: object }): string {
  return [code, ...Object.values(facts)].join(' ')
}

test('c06b: a password that the role of the dump may not see is named at backup, restore and verify', async () => {
  played = await openCase('c06b')
  await played.play()
  expect(saidThen()).toEqual(['user_mapping_hidden remote app'])
  // That role may not create the extension; the plan's owner then puts one into url who may.
  expect(played.failureOf('restore')).toMatchObject({ code: 'needs_superuser' })
  const stage = createStage({ url: played.url, folder: played.folder })
  const cards: ApprovalSubject[] = []
  const restored = await stage.play(
    restore,
    { system: 'orders-db', backup: 'latest' },
    {
      beforeApprove: async (_step, subject) => void cards.push(subject),
    },
  )
  expect(restored.failure).toBeNull()
  expect(cards[0]?.warnings?.map(({ facts }) => facts.is)).toEqual(['user_mapping_hidden'])
  const [mapping] = await played.ask(`SELECT umoptions AS options FROM pg_user_mappings WHERE usename = 'app'`)
  // It is lost indeed, and neither said to be proven nor red.
  expect(mapping).toEqual({ options: null })
  const verified = await stage.play(verify, { system: 'orders-db' })
  expect(verified.failure).toBeNull()
  const compared = verified.view.steps.find((one) => one.name === 'compare')?.output
  expect(listMissing(compared)).toEqual(['user mapping remote app'])
  expect(JSON.stringify([played.outcomes, restored, verified])).not.toContain('remote-secret')
})

test('c06d: what no dump holds is named, although its role may see everything', async () => {
  played = await openCase('c06d')
  await played.play()
  expect(saidThen()).toEqual([
    'subscription_left left_out_c06d',
    'server_schema function pg_catalog.left_out_c06d()',
    'extension_member hstore function public.house()',
    'extension_member hstore table public.adopted',
    'extension_rows public.adopted hstore 2',
    'definition_other constraint public.loose.loose_kept enforced',
    'version_other extension pg_trgm 1.5 1.6',
  ])
  expect(played.failureOf('restore')).toBeNull()
  expect(onCard()).toEqual([
    'subscription_left',
    'server_schema',
    'extension_member',
    'extension_member',
    'extension_rows',
    'more',
  ])
  const [lost] = await played.ask(
    `SELECT to_regclass('public.adopted') AS adopted, to_regproc('public.house') AS house`,
  )
  expect(lost).toEqual({ adopted: null, house: null })
  expect(listMissing(outputOf('verify', 'compare'))).toContain('rows of public.adopted')
  // The copy is proven to be as the archive brings it, and said not to be what was backed up.
  expect(played.cards.get('restore')?.unproven).toContain('extension pg_trgm')
  expect(played.cards.get('restore')?.unproven).toContain('constraint public.loose.loose_kept')
  expect(JSON.stringify(played.outcomes)).not.toContain('sub-secret')
})

test('c00: of a database that a dump holds whole nothing is said', async () => {
  played = await openCase('c00')
  await played.say('backup')
  expect(saidThen()).toEqual([])
})
