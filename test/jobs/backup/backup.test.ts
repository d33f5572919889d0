import { mkdtempSync } from 'node:fs'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { backup } from '../../../jobs/backup/index.ts'
import { dumpOutput } from '../../../jobs/backup/params.ts'
import { createDatabase, type TestDatabase } from '../../support/postgres.ts'
import { ORDERS, run } from '../../tools/content/rig.ts'
import { createStage, type Stage } from '../play.ts'

let database: TestDatabase
let folder: string
let stage: Stage
beforeEach(async () => {
  database = await createDatabase()
  await run(database, ORDERS)
  folder = mkdtempSync(join(inject('runFolder'), 'backups-'))
  stage = createStage({ url: database.url, folder })
})
afterEach(() => database.drop())

const params = { system: 'orders-db' }
const step = (name: string) => {
  const found = backup.steps.find((each) => each.name === name)
  if (found === undefined) throw new Error(`no step ${name}`)
  return found
}

describe('a backup', () => {
  test('ends in an archive that was read back, and says so', async () => {
    const { view, failure } = await stage.play(backup, params)
    expect(failure).toBeNull()
    const report = backup.report(view)
    expect(report.summary).toMatch(/^orders-db is in d-\d{4} of ⟦time:both:.+⟧, \d+\.\d MB, readable to its end$/)
    expect(report.proven[0]).toContain('3 tables, 3,100 rows')
    expect(view.steps.find((each) => each.name === 'rehearse')?.output).toMatchObject({ left: [], problem: null })
    expect(report.left).toEqual([])
    expect(backup.card(view).headline).toBe('dump of orders-db')
    expect(await readdir(folder)).toHaveLength(2)
  })

  test('whose runner vanished is settled by the files: whole is done', async () => {
    const { view } = await stage.play(backup, params)
    const context = stage.look(backup, view, 'dump')
    const written = dumpOutput.parse(view.steps.find((each) => each.name === 'dump')?.output)
    expect(await step('dump').isDone(context)).toEqual({ done: 'yes', output: written })
  })

  test('whose runner vanished halfway is not done, and the clean-up leaves nothing', async () => {
    const { view } = await stage.play(backup, params)
    const context = stage.look(backup, view, 'dump')
    for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true })
    const half = join(folder, `.unfinished-${view.job.id}.dump-1`)
    await mkdir(half)
    await writeFile(join(half, 'toc.dat'), 'half')
    expect(await step('dump').isDone(context)).toEqual({ done: 'no' })
    expect(await step('dump').cleanUp?.(context)).toEqual([])
    expect(await readdir(folder)).toEqual([])
  })

  test('by another step is not mistaken for this one', async () => {
    const first = await stage.play(backup, params)
    const second = { ...first.view, job: { ...first.view.job, id: 'backup-99' }, steps: [] }
    expect(await step('dump').isDone(stage.look(backup, second, 'dump'))).toEqual({ done: 'no' })
  })

  test('without a folder in the plan says what to write there', async () => {
    const system = stage.plan.systems['orders-db']
    Object.assign(system ?? {}, { backups: [] })
    const { failure } = await stage.play(backup, params)
    expect(failure).toMatchObject({
      code: 'command_usage',
      message: 'The plan names no folder for dumps of orders-db.',
    })
  })
})
