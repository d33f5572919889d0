import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openNight, type TestNight } from '../support/night.ts'
import { until } from '../support/until.ts'
import { command } from './hear-refusal.ts'

const program = fileURLToPath(new URL('../../bin/salvor.js', import.meta.url))
let night: TestNight

beforeAll(async () => {
  night = await openNight({ scale: 0.001 })
  const serve = await night.start('serve')
  for (const words of ['open Orders lost', 'note first', 'note second', 'restore nothing', 'note third']) {
    await command(night, 'alice', words)
    await until(
      `the journal to hold "${words}"`,
      async () => (await readNumbers()).length >= counted.indexOf(words) + 1,
    )
  }
  serve.kill('SIGTERM')
  await serve.ended
})

const counted = ['open Orders lost', 'note first', 'note second', 'restore nothing', 'note third']

afterAll(() => night.close())

async function readNumbers(): Promise<number[]> {
  const rows = await night.query<{ no: number }>('SELECT no::int FROM salvor.events WHERE incident = 1 ORDER BY no')
  return rows.map((row) => row.no)
}

/** `salvor audit` as somebody runs it in a terminal. */
function audit(incident: string): Promise<{ code: number; said: string; complained: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [program, 'audit', incident], { env: night.env }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, said: stdout, complained: stderr })
    })
  })
}

/** Behind the triggers, as a superuser of the store can. */
function tamper(sql: string) {
  return night.query(`SET session_replication_role = replica; ${sql}`)
}

it('says of an untouched journal how many events it has, that its chain is whole, and its head', async () => {
  const [head] = await night.query<{ hash: string }>('SELECT head_hash AS hash FROM salvor.incidents WHERE number = 1')
  const { code, said } = await audit('1')
  expect(said).toBe(`Journal #1: ${(await readNumbers()).length} events, chain whole, head ${head?.hash}\n`)
  expect(code).toBe(0)
  expect(await audit('0')).toMatchObject({
    code: 0,
    said: expect.stringMatching(/^Journal #0: \d+ events, chain whole/),
  })
})

it('names an incident that there is none of, and what to type', async () => {
  for (const number of ['99', 'seven']) {
    const { code, complained } = await audit(number)
    expect(code).toBe(1)
    expect(complained).toContain(`There is no incident "${number}".`)
    expect(complained).toMatch(/salvor audit 7/)
  }
})

it('cannot be tampered with in front of the triggers', async () => {
  for (const sql of [
    'UPDATE salvor.events SET actor = $$bob$$',
    'DELETE FROM salvor.events',
    'TRUNCATE salvor.events',
  ]) {
    await expect(night.query(sql)).rejects.toThrow()
  }
  expect((await audit('1')).code).toBe(0)
})

it.each([
  [
    'a changed word',
    `UPDATE salvor.events SET data = jsonb_set(data, '{text}', '"else"') WHERE incident = 1 AND no = 2`,
    2,
  ],
  ['a changed actor', `UPDATE salvor.events SET actor = 'bob' WHERE incident = 1 AND no = 3`, 3],
  ['a changed time', `UPDATE salvor.events SET at = at + interval '1 minute' WHERE incident = 1 AND no = 4`, 4],
  ['an event taken out', `DELETE FROM salvor.events WHERE incident = 1 AND no = 3`, 3],
  [
    'a cut tail',
    `DELETE FROM salvor.events WHERE incident = 1 AND no = (SELECT max(no) FROM salvor.events WHERE incident = 1)`,
    5,
  ],
])('finds %s, and where', async (_what, sql, no) => {
  const kept = await night.query(`SELECT * FROM salvor.events WHERE incident = 1`)
  expect(kept.length).toBeGreaterThan(4)
  await night.query('DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT * FROM salvor.events')
  await tamper(sql)
  const { code, said } = await audit('1')
  expect(said).toMatch(new RegExp(`^Journal #1: BROKEN at event ${no}: .{5,}`))
  expect(code).toBe(1)
  await tamper('DELETE FROM salvor.events; INSERT INTO salvor.events SELECT * FROM kept; DROP TABLE kept')
  expect((await audit('1')).code).toBe(0)
})
