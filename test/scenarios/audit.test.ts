import { execFile } from 'node:child_process'
import { appendFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readPostedAnchor } from '../../src/domain/anchor.ts'
import { hashLink, writeLink } from '../../src/domain/chain.ts'
import type { Json } from '../../src/domain/json.ts'
import { openNight, type TestNight } from '../support/night.ts'
import { until } from '../support/until.ts'
import { command } from './hear-refusal.ts'

const program = fileURLToPath(new URL('../../bin/salvor.js', import.meta.url))
let night: TestNight

beforeAll(async () => {
  night = await openNight({ scale: 0.001 })
  appendFileSync(night.orders.planPath, 'anchor: { channel: C0OPS }\n')
  const serve = await night.start('serve')
  for (const words of ['open Orders lost', 'note first', 'note second', 'restore nothing', 'note third']) {
    await command(night, 'alice', words)
    await until(
      `the journal to hold "${words}"`,
      async () => (await readNumbers()).length >= counted.indexOf(words) + 1,
    )
  }
  // Once while it grows, however early that was; then, the hour not over, at its close alone.
  await until('an anchor of the incident', () => listAnchored().length > 0)
  await command(night, 'alice', 'close --reason a false alarm')
  await until('the anchor of the close', async () => listAnchored().at(-1) === (await readNumbers()).length, 30_000)
  serve.kill('SIGTERM')
  await serve.ended
})

/** Numbers of the events of incident 1 that the channel holds anchors of. */
function listAnchored(): number[] {
  const texts = night.slack.messages('C0OPS').map(({ text }) => readPostedAnchor(text))
  return texts.flatMap((anchor) => (anchor?.incident === 1 ? [anchor.no] : []))
}

const counted = ['open Orders lost', 'note first', 'note second', 'restore nothing', 'note third']

afterAll(() => night.close())

async function readNumbers(): Promise<number[]> {
  const rows = await night.query<{ no: number }>('SELECT no::int FROM salvor.events WHERE incident = 1 ORDER BY no')
  return rows.map((row) => row.no)
}

/** `salvor audit` as somebody runs it in a terminal. */
function audit(incident: string, ...more: string[]): Promise<{ code: number; said: string; complained: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [program, 'audit', incident, ...more], { env: night.env }, (error, stdout, stderr) => {
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

it('compares it with what was posted in the channel of the plan, and says what is not the same', async () => {
  const anchored = listAnchored()
  expect(anchored).toHaveLength(2)
  expect(await audit('1', '--anchor', 'C0OPS')).toMatchObject({
    code: 0,
    said: expect.stringMatching(/\n2 of 2 anchors are in it\n$/),
  })
  expect(await audit('0', '--anchor', 'C0OPS')).toMatchObject({
    code: 0,
    said: expect.stringMatching(/anchors are in it/),
  })
  expect(await audit('1', '--anchor', 'C0INC')).toMatchObject({
    code: 1,
    complained: expect.stringContaining('There is no anchor of #1 in "C0INC"'),
  })
  // The store's owner writes another story, whole in itself, and lets the journal end where the real one did.
  await night.query(
    'CREATE TABLE kept AS SELECT * FROM salvor.events; CREATE TABLE heads AS SELECT * FROM salvor.incidents',
  )
  await rewriteFrom(2)
  const { code, said } = await audit('1', '--anchor', 'C0OPS')
  expect(said).toMatch(/^Journal #1: \d+ events, chain whole/)
  const named = [...said.matchAll(/NOT THE SAME: event (\d+) had the hash [0-9a-f]{64}/g)].map(([, no]) => Number(no))
  expect(named.toSorted()).toEqual(anchored.filter((no) => no > 1).toSorted())
  expect(code).toBe(1)
  await tamper(`DELETE FROM salvor.events; INSERT INTO salvor.events SELECT * FROM kept; DROP TABLE kept;
    UPDATE salvor.incidents i SET head_hash = h.head_hash FROM heads h WHERE h.number = i.number; DROP TABLE heads`)
  expect((await audit('1', '--anchor', 'C0OPS')).code).toBe(0)
})

/** Another actor of every event from one on, and hashes that fit. */
async function rewriteFrom(from: number): Promise<void> {
  const events = await night.query<{
    no: string
    at: Date
    type: string
    job: string | null
    actor: string
    data: Json
    prev_hash: string
    hash: string
  }>('SELECT * FROM salvor.events WHERE incident = 1 ORDER BY no')
  let before = events[from - 2]?.hash ?? ''
  for (const event of events.slice(from - 1)) {
    const { type, job, data } = event
    const link = {
      incident: 1,
      no: Number(event.no),
      at: event.at.toISOString(),
      type,
      job,
      actor: 'nobody',
      data,
      prevHash: before,
    }
    before = hashLink(link)
    await tamper(
      `UPDATE salvor.events SET actor = 'nobody', prev_hash = '${link.prevHash}', hash = '${before}', content = '${writeLink(link).replaceAll("'", "''")}' WHERE incident = 1 AND no = ${link.no}`,
    )
  }
  await tamper(`UPDATE salvor.incidents SET head_hash = '${before}' WHERE number = 1`)
}

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
    null,
  ],
])('finds %s, and where', async (_what, sql, no) => {
  const kept = await night.query(`SELECT * FROM salvor.events WHERE incident = 1`)
  expect(kept.length).toBeGreaterThan(4)
  await night.query('DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT * FROM salvor.events')
  await tamper(sql)
  const { code, said } = await audit('1')
  expect(said).toMatch(new RegExp(`^Journal #1: BROKEN at event ${no ?? kept.length}: .{5,}`))
  expect(code).toBe(1)
  await tamper('DELETE FROM salvor.events; INSERT INTO salvor.events SELECT * FROM kept; DROP TABLE kept')
  expect((await audit('1')).code).toBe(0)
})
