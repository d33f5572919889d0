import { expect } from 'vitest'
import { silentLog } from '../../../src/ports/log.ts'
import { auditIncident } from '../../../src/postgres/audit.ts'
import { openPool } from '../../../src/postgres/pool.ts'
import { toldLater } from '../../../src/runner/told-step.ts'
import { createArchiveTools } from '../../../src/tools/archives/index.ts'
import { createContentTools } from '../../../src/tools/content/index.ts'
import { createToolRunner } from '../../../src/tools/start-tool.ts'
import { channel, textOf } from '../../support/night.ts'
import { adminUrl, runSql } from '../../support/postgres.ts'
import { sessionsOf } from '../../support/processes.ts'
import { loggedStatements } from '../../support/server-log.ts'
import { until } from '../../support/until.ts'
import { type Asked, type FaultNight, readOid } from './fault-night.ts'

/** However it was broken on the way: one database with the backup's content, one switch, nothing left, a true card. */
export async function expectOneTruth(night: FaultNight, asked: Asked): Promise<void> {
  expect(await night.jobState(asked.job)).toBe('succeeded')
  await runSql(night.orders.database.appUrl, 'SELECT 1')
  await expectContent(night)
  await expectOneSwitch(night, asked)
  await expectNothingLeft(night, asked.job)
  await expectTrueThread(night, asked, new RegExp(`✅ ${asked.job}: orders-db holds`))
  await expectWholeJournal(night)
}

/** Live is the one from before, open, and nothing was renamed: what must hold where the switch was refused. */
export async function expectLiveUntouched(night: FaultNight, asked: Asked): Promise<void> {
  expect(await readOid(night.database)).toBe(asked.liveOid)
  await runSql(night.orders.database.appUrl, 'SELECT 1')
  expect(countSwitches(night, asked)).toBe(0)
}

/** The very content of the backup, by rows and fingerprints, and the properties of the database. */
export async function expectContent(night: FaultNight): Promise<void> {
  const archives = createArchiveTools({ run: createToolRunner() })
  const [point] = await archives.list(night.orders.backups)
  const manifest = point && (await archives.readManifest(point))
  if (!manifest) throw new Error('the backup has no manifest')
  const { ORDERS_DB_URL: url, ORDERS_ADMIN_URL } = night.orders.env
  const session = { step: `look-${night.database}/compare`, fence: 1 }
  const seen = await createContentTools({ log: silentLog }).compare({
    target: { system: 'orders-db', url, adminUrl: ORDERS_ADMIN_URL, session },
    manifest,
    against: 'the backup',
    checks: [],
    properties: manifest.properties,
    signal: AbortSignal.timeout(60_000),
  })
  expect(seen.differing).toEqual([])
  expect(seen.tables.proven).toBe(seen.tables.total)
}

/** Counted at the tool: transactions with both renames that reached their COMMIT, in the server's own log. */
function countSwitches(night: FaultNight, asked: Asked): number {
  const renames = new Map<number, number>()
  let committed = 0
  for (const { pid, sql } of loggedStatements(asked.mark, /RENAME TO|^(COMMIT|ROLLBACK|BEGIN)/)) {
    if (/^(ROLLBACK|BEGIN)/.test(sql)) renames.delete(pid)
    else if (/^COMMIT/.test(sql)) {
      if (renames.get(pid) === 2) committed += 1
      renames.delete(pid)
    } else if (sql.includes(night.database)) renames.set(pid, (renames.get(pid) ?? 0) + 1)
  }
  return committed
}

async function expectOneSwitch(night: FaultNight, asked: Asked): Promise<void> {
  expect(countSwitches(night, asked)).toBe(1)
  const others = (await night.databases()).filter((name) => name !== night.database)
  expect(others).toEqual([expect.stringMatching(/_old_\d+$/)])
  expect(await readOid(others[0] ?? '')).toBe(asked.liveOid)
  expect(await readOid(night.database)).not.toBe(asked.liveOid)
  const isLoad = (argv: readonly string[]) => argv.some((word) => word.startsWith('--dbname='))
  const loads = night.invocations().filter((one) => one.at.getTime() >= asked.at - 1000 && isLoad(one.argv))
  const made = loggedStatements(asked.mark, new RegExp(`^CREATE DATABASE "${night.database}_side_`))
  // A further attempt loads into a fresh database, never into one that holds a part.
  expect(loads.length).toBeGreaterThan(0)
  expect(loads.length).toBeLessThanOrEqual(made.length)
}

/** No session on the target, no process but bot, worker and the runner that waits to be told a step, no lock. */
export async function expectNothingLeft(night: FaultNight, job: string): Promise<void> {
  const names = new RegExp(`^salvor:${job}/`)
  await until(
    `no session of ${job} on the target`,
    async () => (await sessionsOf(adminUrl(), names)).length === 0,
    5_000,
  )
  const mine = new Set([night.role('bot').pid, night.role('worker').pid])
  const others = () => night.processes().filter((one) => !mine.has(one.pid) && !one.argv.includes(toldLater))
  await until('no process but bot and worker', () => others().length === 0 || Promise.reject(others()), 5_000)
  expect(await night.query('SELECT * FROM salvor.locks')).toEqual([])
}

/** The outcome is told once, the card says so too, nothing rings more than three times, nothing can be approved. */
export async function expectTrueThread(night: FaultNight, asked: Asked, outcome: RegExp): Promise<void> {
  const { slack } = night
  const thread = () => slack.thread(channel, night.rootTs())
  const outcomes = () => thread().filter((one) => outcome.test(one.text))
  const cards = () => thread().filter((one) => new RegExp(`^[^:]*${asked.job} · `).test(one.text))
  await slack.waitFor(`the outcome of ${asked.job}`, () => outcomes().length > 0, 30_000)
  const state = (await night.jobState(asked.job)) ?? ''
  const words = state === 'succeeded' ? /: (done|succeeded)/ : new RegExp(`: ${state}`)
  await slack.waitFor(`the card of ${asked.job}`, () => cards().some((one) => words.test(one.text)), 30_000)
  expect(outcomes()).toHaveLength(1)
  expect(cards()).toHaveLength(1)
  await slack.waitFor(
    'no Approve button',
    () => slack.as('bob').buttons({ channel, text: /Approve/ }).length === 0,
    30_000,
  )
  const rang = new Set(
    ['alice', 'bob', 'dana', 'carol', 'dave', 'erin', 'oscar']
      .flatMap((person) => slack.notifications(person))
      .filter((one) => one.why === 'mention' && one.at >= asked.at)
      .map((one) => one.ts),
  )
  expect(rang.size).toBeLessThanOrEqual(3)
  expect(slack.violations).toEqual([])
  const lines = thread().map(textOf)
  expect(lines.filter((line) => /undefined|\[object/.test(line))).toEqual([])
}

export async function expectWholeJournal(night: FaultNight): Promise<void> {
  const pool = openPool(night.store.url, 'test', silentLog, 1)
  expect(await auditIncident(pool, 1)).toMatchObject({ whole: true })
  await pool.end()
}
