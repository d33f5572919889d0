import { readFileSync, statSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { repair } from '../../../jobs/repair/index.ts'
import { commit, createPair, type Pair } from './rig.ts'

const tables = ['clients']
let pair: Pair
beforeEach(async () => {
  pair = await createPair({
    source: `CREATE TABLE customers (id int PRIMARY KEY, phone text, name text);
      INSERT INTO customers SELECT n, '0' || n, E'n\\n\\\\''' || n FROM generate_series(1, 2000) n`,
    live: `CREATE TABLE clients (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, mobile text, name text,
        length int GENERATED ALWAYS AS (length(mobile)) STORED);
      INSERT INTO clients (id, mobile, name) OVERRIDING SYSTEM VALUE
        SELECT n, '0' || n, E'n\\n\\\\''' || n FROM generate_series(1, 2000) n;
      SELECT setval('clients_id_seq', 5000);
      UPDATE clients SET mobile = 'x' WHERE id IN (7, 8); UPDATE clients SET name = NULL WHERE id = 9;
      DELETE FROM clients WHERE id IN (20, 2000); INSERT INTO clients (mobile) VALUES ('new')`,
    mapping: { customers: { to: 'clients', columns: { mobile: 'phone' }, without: { length: 'generated here' } } },
  })
})
afterEach(() => pair[Symbol.asyncDispose]())

test('rows of a table whose columns were renamed come back, and nothing else changes', async () => {
  expect(await pair.differing(tables)).toBe(6)
  const before = await pair.rows(tables)
  const job = pair.repair({ tables })
  await job.runUpTo('rehearse')
  expect(await pair.rows(tables)).toBe(before)
  const subject = await job.evidence('commit')
  expect(subject).toMatchObject({
    action: 'the repair of 5 rows of orders-db from its source',
    proven: expect.stringContaining('public.clients: 2 inserted, 3 updated'),
    unproven: 'none',
    lost: 'the former values of 3 rows',
    details: expect.arrayContaining([expect.stringMatching(/^public\.clients: \d+(; \d+){4}$/)]),
  })
  await job.run('commit', { approved: subject })
  await job.run('confirm')
  expect(job.outputOf('confirm')).toEqual({ tables: 1, rows: 2001, left: 0 })
  // The row that only live has is left: the mode does not delete.
  expect(await pair.differing(tables)).toBe(1)
  expect(await pair.inLive('SELECT * FROM clients WHERE id IN (7, 9, 20) ORDER BY id')).toEqual([
    { id: 7, mobile: '07', name: `n\n\\'7`, length: 2 },
    { id: 9, mobile: '09', name: `n\n\\'9`, length: 2 },
    { id: 20, mobile: '020', name: `n\n\\'20`, length: 3 },
  ])
  expect(repair.report(job.view)).toMatchObject({ summary: 'orders-db repaired from its source', undo: true })
})

test('the file is for its account alone, and another one under its name is refused', async () => {
  const job = pair.repair({ tables })
  await job.runUpTo('write')
  const { file } = job.outputOf('write') as { file: { path: string } }
  expect(statSync(file.path).mode & 0o777).toBe(0o600)
  expect(readFileSync(file.path, 'utf8')).toContain(`SET "mobile" = '07' WHERE "id" = '7' AND `)
  const { writeFileSync } = await import('node:fs')
  writeFileSync(file.path, readFileSync(file.path, 'utf8').replace(`'07'`, `'08'`))
  await expect(job.run('rehearse')).rejects.toMatchObject({ code: 'repair_file_gone' })
})

test('with replace, rows that only live has go; undo brings all of it back as it was', async () => {
  const before = await pair.rows(tables)
  const job = pair.repair({ tables, mode: 'replace' })
  await commit(job)
  await job.run('confirm')
  expect(await pair.differing(tables)).toBe(0)
  const back = pair.undo(job)
  await commit(back)
  expect(await pair.rows(tables)).toBe(before)
})

test('only missing rows come back where nobody asks for more', async () => {
  const job = pair.repair({ tables, mode: 'missing' })
  await commit(job)
  await job.run('confirm')
  expect(await pair.inLive(`SELECT count(*)::int AS n FROM clients WHERE mobile = 'x'`)).toEqual([{ n: 2 }])
  expect(await pair.differing(tables)).toBe(4)
})

test.each(['write', 'rehearse'])('a row that somebody changed after %s stops all of it', async (step) => {
  const job = pair.repair({ tables })
  await job.runUpTo(step)
  const approved = step === 'rehearse' ? await job.evidence('commit') : undefined
  await pair.inLive(`UPDATE clients SET name = 'somebody' WHERE id = 8`)
  const before = await pair.rows(tables)
  const running = approved === undefined ? job.run('rehearse') : job.run('commit', { approved })
  await expect(running).rejects.toMatchObject({
    code: 'repair_row_moved',
    facts: { table: 'public.clients', key: '8' },
  })
  expect(await pair.rows(tables)).toBe(before)
})

test('an undo does not overwrite what somebody wrote since', async () => {
  const job = pair.repair({ tables })
  await commit(job)
  await pair.inLive(`UPDATE clients SET name = 'somebody' WHERE id = 20`)
  await expect(pair.undo(job).runUpTo('rehearse')).rejects.toMatchObject({
    code: 'repair_row_moved',
    facts: { key: '20' },
  })
})
