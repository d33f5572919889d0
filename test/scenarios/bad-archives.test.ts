import { execFileSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { RestorePoint } from '../../src/domain/content.ts'
import { shortCode } from '../../src/domain/digest.ts'
import { describeError, hintOf } from '../../src/domain/errors/error-message.ts'
import type { Failure } from '../../src/domain/step.ts'
import { createArchiveTools } from '../../src/tools/archives/index.ts'
import { createToolRunner } from '../../src/tools/start-tool.ts'
import { channel, openNight, type TestNight } from '../support/night.ts'
import { adminUrl, runSql } from '../support/postgres.ts'
import { until } from '../support/until.ts'
import { command } from './hear-refusal.ts'

let night: TestNight
let good: RestorePoint
let before: { oid: number; rows: string }

beforeAll(async () => {
  night = await openNight({ scale: 0.002 })
  good = (await listPoints())[0] as RestorePoint
  // An archive without a manifest knows the second of its dump only: theirs must be a later one.
  const second = (ms: number) => Math.floor(ms / 1000)
  await until('a later second', () => second(Date.now()) > second(Date.parse(good.takenAt)))
  makeBadArchives(night, good.path)
  before = await lookAtLive()
  await night.start('serve')
  await command(night, 'alice', 'open Orders lost --began now')
  await night.slack.waitFor('a root message', () => night.slack.messages(channel).find((one) => one.byBot))
})

afterAll(() => night.close())

function listPoints() {
  return createArchiveTools({ run: createToolRunner() }).list(night.orders.backups)
}

/** Which database live is, and what is in it. */
async function lookAtLive(): Promise<typeof before> {
  const [found] = await runSql<{ oid: number }>(adminUrl(), 'SELECT oid::int FROM pg_database WHERE datname = $1', [
    night.database,
  ])
  const sums = `SELECT string_agg(t::text, '|' ORDER BY t::text) AS rows FROM
     (SELECT 'orders', count(*), sum(hashtextextended(o::text, 0)) FROM orders o
      UNION ALL SELECT 'customers', count(*), sum(hashtextextended(c::text, 0)) FROM customers c) AS t`
  const [content] = await runSql<{ rows: string }>(night.orders.database.url, sums)
  return { oid: found?.oid ?? 0, rows: content?.rows ?? '' }
}

/** One of each kind beside the good one, all of them newer than it and older than the incident. */
function makeBadArchives(of: TestNight, folder: string): void {
  const at = (name: string) => join(of.orders.backups, name)
  const dump = (format: string, name: string) =>
    execFileSync(join(inject('postgresBin'), 'pg_dump'), [
      `--format=${format}`,
      `--file=${at(name)}`,
      of.orders.database.url,
    ])
  for (const name of ['trunc.dump', 'flip.dump', 'newer.dump']) dump('custom', name)
  dump('plain', 'plain.sql')
  truncateSync(at('trunc.dump'), Math.floor(statSync(at('trunc.dump')).size / 2))
  const bytes = readFileSync(at('flip.dump'))
  const middle = Math.floor(bytes.length / 2)
  for (let n = middle; n < middle + 64; n += 1) bytes[n] = (bytes[n] ?? 0) ^ 0xff
  writeFileSync(at('flip.dump'), bytes)
  const old = readFileSync(at('newer.dump'))
  // As PostgreSQL 17 writes it: version 1.16, and one byte for the kind of compression instead of a number.
  const head = Buffer.from([...old.subarray(0, 6), 16, 0, ...old.subarray(8, 11), 1])
  writeFileSync(at('newer.dump'), Buffer.concat([head, old.subarray(11 + 1 + (old[8] ?? 4))]))
  writeFileSync(at('empty.dump'), '')
  cpSync(folder, at('lacks'), { recursive: true })
  const sized = readdirSync(at('lacks')).filter((name) => name.endsWith('.dat.gz'))
  const largest = sized.toSorted(
    (one, other) => statSync(at(`lacks/${other}`)).size - statSync(at(`lacks/${one}`)).size,
  )
  rmSync(at(`lacks/${largest[0]}`))
}

/** Asks for a restore and waits for the end of its way: failed, or a person is awaited. */
async function restore(words: string): Promise<string> {
  const known = (await night.query<{ n: number }>('SELECT count(*)::int AS n FROM salvor.jobs'))[0]?.n ?? 0
  await command(night, 'alice', `restore orders-db ${words}`)
  let id = ''
  await expect
    .poll(
      async () => {
        const rows = await night.query<{ id: string; state: string }>(
          'SELECT id, state FROM salvor.jobs ORDER BY requested_at OFFSET $1',
          [known],
        )
        id = rows[0]?.id ?? ''
        return rows[0]?.state
      },
      { timeout: 60_000 },
    )
    .toMatch(/failed|awaiting_approval/)
  return id
}

function readFailure(job: string) {
  return night
    .query<{ step: string; failure: Failure }>(
      `SELECT data->>'step' AS step, data->'failure' AS failure FROM salvor.events WHERE type = 'job_failed' AND job = $1`,
      [job],
    )
    .then((rows) => rows.at(-1))
    .then(
      (row) => row && { ...row.failure, step: row.step, said: describeError(row.failure), hint: hintOf(row.failure) },
    )
}

describe('a named archive is refused before anything is changed when it', () => {
  it.each([
    ['was cut off', 'trunc', 'archive_truncated', /trunc ends early/],
    ['has flipped bytes', 'flip', 'archive_corrupt', /flip is damaged/],
    ['is of a newer version', 'newer', 'archive_newer', /newer was written by a newer pg_dump.*1\.16/],
    ['is plain SQL', 'plain', 'archive_plain_sql', /plain is plain SQL text/],
    ['is an empty file', 'empty', 'archive_not_one', /empty is not a pg_dump archive \(the file is empty\)/],
    ['lacks a data file', 'lacks', 'archive_corrupt', /lacks is damaged: a file of it is missing/],
  ])('%s', async (_kind, id, code, said) => {
    const job = await restore(`--backup ${id}`)
    const failure = await readFailure(job)
    expect(failure).toMatchObject({ step: 'preflight', code })
    expect(failure?.said).toMatch(said)
    expect(failure?.hint.length).toBeGreaterThan(10)
    expect(await night.databases()).toEqual([night.database])
    expect(await lookAtLive()).toEqual(before)
    const card = await night.slack.waitFor(`the words of ${job} in the thread`, () =>
      night.slack
        .thread(channel, night.rootTs())
        .find(
          (one) =>
            one.text.startsWith(`<@U0ALICE> ❌ ${job}`) || (one.text.includes(`${job} failed`) && said.test(one.text)),
        ),
    )
    expect(card.text).toMatch(said)
    expect(JSON.stringify(card.blocks)).toContain('*Do*')
    expect(await night.query('SELECT * FROM salvor.locks')).toEqual([])
  })
})

describe('without a name', () => {
  it('the newest readable one that precedes the migration is chosen, although newer bad ones exist', async () => {
    const job = await restore('')
    expect(await night.jobState(job)).toBe('awaiting_approval')
    const [step] = await night.query<{ id: string; skipped: string[] }>(
      `SELECT output->'point'->>'id' AS id, (SELECT array_agg(one->>'id') FROM jsonb_array_elements(output->'skipped') one) AS skipped
         FROM salvor.steps WHERE id = $1`,
      [`${job}/preflight`],
    )
    expect(step?.id).toBe(good.id)
    expect(step?.skipped).toEqual(expect.arrayContaining(['trunc', 'flip']))
    await night.slack.waitFor('the skipped ones on the card', () => /flip is damaged/.test(night.threadText()))
    const [asked] = await night.query<{ digest: string }>('SELECT digest FROM salvor.approvals WHERE job = $1', [job])
    const code = shortCode(asked?.digest ?? '')
    // Words count for a card that was delivered before them.
    await night.slack.waitFor('the card with its code', () => night.threadText().includes(code))
    await command(night, 'bob', `reject ${job} ${code} --reason only looking`)
    await expect.poll(() => night.jobState(job), { timeout: 20_000 }).toBe('rejected')
    await command(night, 'alice', `stop ${job}`)
    await expect.poll(() => night.databases(), { timeout: 20_000 }).toEqual([night.database])
    expect(await lookAtLive()).toEqual(before)
  })

  it('a backup taken after the migration began is not chosen, but marked, and taken with its id', async () => {
    await command(night, 'alice', 'backup orders-db')
    await expect.poll(() => night.jobState('backup-1'), { timeout: 60_000 }).toBe('succeeded')
    const later = (await listPoints())[0] as RestorePoint
    expect(later.takenAt > good.takenAt).toBe(true)
    await command(night, 'alice', 'backups orders-db')
    const listed = await night.slack.waitFor('the list', () =>
      night.slack.ephemerals('alice').findLast((one) => /Backups of orders-db/.test(one.text)),
    )
    const words = JSON.stringify(listed.blocks)
    expect(words).toMatch(new RegExp(`⚠ ${later.id}[^"]*after the migration began`))
    expect(words).toMatch(/restore orders-db` takes/)
    expect(words).toMatch(/❌ plain .*plain SQL/)
    const byItself = await restore('')
    const [chosen] = await night.query<{ id: string }>(
      `SELECT output->'point'->>'id' AS id FROM salvor.steps WHERE id = $1`,
      [`${byItself}/preflight`],
    )
    expect(chosen?.id).not.toBe(later.id)
    await command(night, 'alice', `stop ${byItself}`)
    await expect.poll(() => night.jobState(byItself), { timeout: 20_000 }).toBe('stopped')
    await command(night, 'alice', `stop ${byItself}`)
    await expect.poll(() => night.databases(), { timeout: 20_000 }).toEqual([night.database])
    const named = await restore(`--backup ${later.id}`)
    await night.slack.waitFor('the mark on the card', () =>
      new RegExp(`⚠ ${later.id} was taken after the migration began`).test(night.threadText()),
    )
    await command(night, 'alice', `stop ${named}`)
    await expect.poll(() => night.databases(), { timeout: 20_000 }).toEqual([night.database])
    expect(await lookAtLive()).toEqual(before)
    expect(night.slack.violations).toEqual([])
  })
})
