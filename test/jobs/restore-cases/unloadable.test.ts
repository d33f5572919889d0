import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { restore } from '../../../jobs/restore/index.ts'
import { listJobButtons } from '../../../src/domain/cards/job-words.ts'
import type { ErrorMessage } from '../../../src/domain/errors/error-message.ts'
import { describeFailure, type SalvorError } from '../../../src/domain/errors/fail.ts'
import { adminUrl, runSql } from '../../support/postgres.ts'
import { openCase, type PlayedCase } from '../../support/restore-cases/play-case.ts'
import { readCase } from '../../support/restore-cases/read-case.ts'

let played: PlayedCase | undefined
afterEach(async () => {
  await played?.close()
  played = undefined
})

interface Rehearsed {
  readonly problem: ErrorMessage | null
  readonly doubts: readonly { readonly object: string; readonly reads: readonly string[] }[]
}
const rehearsed = (of: PlayedCase) =>
  of.outcomes.findLast((one) => one.step === 'backup')?.view.steps.find((one) => one.name === 'rehearse')
    ?.output as unknown as Rehearsed
const stepsOf = (of: PlayedCase, step: string) =>
  of.outcomes
    .findLast((one) => one.step === step)
    ?.view.steps.flatMap((one) => (one.state === 'done' ? [one.name] : []))

describe('what an archive cannot bring in is named when it is made, and before a restore loads anything', () => {
  test.each([
    ['c08', 'check a_constr_1 of public.a', 'fail_if_b_empty()'],
    ['c08c', 'index people_norm of public.people', 'norm(name)'],
    ['c08d', 'materialized view public.totals', 'REFRESH MATERIALIZED VIEW "public"."totals"'],
  ])('%s: %s', async (id, object, statement) => {
    played = await openCase(id)
    await played.say('backup')
    expect(played.failureOf('backup')).toBeNull()
    expect(rehearsed(played).problem).toMatchObject({ code: 'archive_unloadable', facts: { object } })
    await played.run('damage')
    const damaged = await played.dump()
    await played.say('restore')
    const failure = played.failureOf('restore')
    expect(failure).toMatchObject({ code: 'archive_unloadable', facts: { object } })
    expect((failure as { facts: { statement: string } }).facts.statement).toContain(statement)
    expect(stepsOf(played, 'restore')).toEqual(['choose'])
    expect(await played.dump()).toBe(damaged)
    const beside = 'SELECT datname FROM pg_database WHERE starts_with(datname, $1) AND datname <> $1'
    expect(await runSql(adminUrl(), beside, [played.database])).toEqual([])
  })

  test('c08: and by the load, where nobody looked before it', async () => {
    played = await openCase('c08')
    await played.say('backup')
    // As if it had been rehearsed on a server where all went well.
    const name = readdirSync(played.folder).find((one) => one.endsWith('.manifest.json')) ?? ''
    const manifest = JSON.parse(readFileSync(join(played.folder, name), 'utf8'))
    const { serverVersion, sequences } = manifest
    manifest.rehearsal = { serverVersion, at: manifest.takenAt, definitions: { changed: [], gone: [] }, sequences }
    writeFileSync(join(played.folder, name), JSON.stringify(manifest))
    await played.say('restore')
    const facts = { object: 'table data public.a', statement: 'COPY a' }
    expect(played.failureOf('restore')).toMatchObject({ code: 'archive_unloadable', facts })
  })
})

test('where the newest cannot be loaded, the newest that can is named for people to choose, and nothing is retried', async () => {
  played = await openCase('c00')
  await played.say('backup')
  await runSql(played.url, readCase('c08').sections.get('setup') ?? '')
  await played.say('backup2')
  await played.say('restore', { backup: 'latest' })
  const failure = played.failureOf('restore') as SalvorError
  expect(failure).toMatchObject({ code: 'archive_unloadable_newest' })
  const other = String(failure.facts.other)
  const view = played.outcomes.at(-1)?.view
  if (view === undefined) throw new Error('nothing was played')
  const steps = view.steps.map((one) =>
    one.name === 'preflight'
      ? { ...one, state: 'failed' as const, failure: describeFailure(failure, (text) => text) }
      : one,
  )
  const failed = { ...view, job: { ...view.job, state: 'failed' as const, leftBehind: [] }, steps }
  const instead = restore.instead?.(
    failed,
    describeFailure(failure, (text) => text),
  )
  expect(listJobButtons(failed, { undo: false, instead }).map(({ verb, command }) => [verb, command])).toEqual([
    ['Restore', `restore ${view.job.params.system} --backup ${other}`],
  ])
  expect(stepsOf(played, 'restore')).toEqual(['choose'])
  await played.say('restore', { backup: other })
  expect(played.failureOf('restore')).toBeNull()
  expect(await played.dump()).toBe(played.before)
})

test('c08b: a check that asks another table is told as a doubt, and the load says which it was', async () => {
  played = await openCase('c08b')
  await played.say('backup')
  expect(rehearsed(played)).toMatchObject({
    problem: null,
    doubts: [{ object: 'check a_zone_check of public.a', reads: ['public.zones'] }],
  })
  await played.say('restore')
  const found = played.outcomes.at(-1)?.view.steps.find((one) => one.name === 'preflight')?.output
  expect(JSON.stringify((found as { findings?: unknown }).findings)).toContain('a_zone_check')
})

test('c08e: functions that load well are no doubt', async () => {
  played = await openCase('c08e')
  await played.play()
  expect(rehearsed(played)).toMatchObject({ problem: null, doubts: [] })
  expect(played.failureOf('restore')).toBeNull()
  expect(await played.dump()).toBe(played.before)
})
