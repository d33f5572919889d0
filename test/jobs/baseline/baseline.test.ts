import { mkdtempSync } from 'node:fs'
import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { baseline } from '../../../jobs/baseline/index.ts'
import { measureOutput } from '../../../jobs/baseline/params.ts'
import { createDatabase } from '../../support/postgres.ts'
import { content, ORDERS, run } from '../../tools/content/rig.ts'
import { createStage } from '../play.ts'

test('a baseline is kept beside the backups, and refused once somebody changed it', async () => {
  const database = await createDatabase()
  await run(database, ORDERS)
  const folder = mkdtempSync(join(inject('runFolder'), 'backups-'))
  const { view, failure } = await createStage({ url: database.url, folder }).play(baseline, { system: 'orders-db' })
  expect(failure).toBeNull()
  const kept = measureOutput.parse(view.steps[0]?.output)
  expect(kept.path.startsWith(join(folder, 'baselines'))).toBe(true)
  expect(kept).toMatchObject({ tables: 3, rows: 3100 })
  expect((await content.readKeptManifest(kept)).tables).toHaveLength(3)
  expect(baseline.report(view).proven).toEqual([`baseline of 3 tables, 3,100 rows, sha256 ${kept.sha256}`])
  await appendFile(kept.path, ' ')
  await expect(content.readKeptManifest(kept)).rejects.toMatchObject({ code: 'archive_hash_differs' })
  await database.drop()
})
