import { appendFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseDocument } from 'yaml'
import { channel, openNight, type TestNight, textOf } from '../support/night.ts'
import { until } from '../support/until.ts'
import { command } from './hear-refusal.ts'

describe('the log of the migration that failed', () => {
  let night: TestNight
  const reach = (job: string, state: string) =>
    until(`${job} to be ${state}`, async () => (await night.jobState(job)) === state, 60_000)
  const cardOf = (job: string) => {
    const { slack } = night
    const found = slack.thread(channel, night.rootTs()).find((one) => one.text.includes(`${job} ·`))
    return found === undefined ? '' : textOf(found)
  }
  const log = () => join(night.orders.dir, 'logs', 'migration.log')

  beforeAll(async () => {
    night = await openNight()
    const plan = parseDocument(readFileSync(night.orders.planPath, 'utf8'))
    plan.setIn(['procedures', 'look'], { title: 'Look first', steps: [{ logs: 'migration' }] })
    writeFileSync(night.orders.planPath, plan.toString({ lineWidth: 0 }))
    await night.start('serve')
    await command(night, 'alice', 'open Orders lost after cut-over')
    await night.slack.waitFor('a root message', () => night.slack.messages(channel).find((one) => one.byBot))
  })
  afterAll(() => night?.close())

  it('says first what failed first: a phone that is too long, and the deadlock as another', async () => {
    await command(night, 'carol', 'logs migration')
    await reach('logs-1', 'succeeded')
    const card = await night.slack.waitFor('the analysis', () => {
      const text = cardOf('logs-1')
      return /Class/.test(text) ? text : undefined
    })
    expect(card).toMatch(/migration: A value does not fit the type of its column/)
    expect(card).toMatch(/First {2}migration\.log line \d+, [\d:]+: .*value too long for type character varying\(12\)/)
    expect(card).toMatch(/data conversion · 22001 string_data_right_truncation/)
    expect(card).toMatch(/Also {2}migration\.log line \d+.*deadlock detected/)
  })

  it('suggests the remedy of the plan that fits', () => {
    expect(cardOf('logs-1')).toMatch(/fix orders-db widen-phone/)
  })

  it('puts the whole analysis into the thread as a file', async () => {
    const file = await night.slack.waitFor('the file', () =>
      night.slack.files().find(({ name }) => name === 'logs-1.md'),
    )
    expect(file).toBeDefined()
  })

  it('is the cause in the report', async () => {
    await command(night, 'alice', 'report')
    await night.slack.waitFor('the report', () =>
      /Cause\*? +A value does not fit the type of its column \(string data right truncation\), 22001/.test(
        night.threadText(),
      ),
    )
  })

  it('is followed on one card: new groups and counts, over a rotation, until it is stopped', async () => {
    await command(night, 'alice', 'logs migration --follow')
    await until('it follows', async () => (await night.stepState('logs-2', 'follow')) === 'running', 30_000)
    await night.slack.waitFor('a live card', () => /follows migration: 0 errors/.test(cardOf('logs-2')))
    const line = (text: string) => appendFileSync(log(), `${new Date().toISOString()} ERROR late ${text}\n`)
    for (let n = 0; n < 12; n++) line(`value too long for type character varying(12) (SQLSTATE 22001) batch ${n}`)
    await night.slack.waitFor('counts', () => /12 × /.test(cardOf('logs-2')), 20_000)
    expect(cardOf('logs-2')).toMatch(/2 lines before these are left out/)
    renameSync(log(), `${log()}.1`)
    line('deadlock detected (SQLSTATE 40P01)')
    await night.slack.waitFor('the new file', () => /deadlock detected/.test(cardOf('logs-2')), 20_000)
    // The root says what is at work; below it the job has one message.
    const below = night.slack.thread(channel, night.rootTs()).filter((one) => one.ts !== night.rootTs())
    const told = below.filter((one) => one.text.includes('logs-2'))
    expect(told).toHaveLength(1)
    await command(night, 'bob', 'logs migration --stop')
    await reach('logs-2', 'stopped')
    await night.slack.waitFor('the last look', () => /Ended: it was stopped/.test(cardOf('logs-2')))
    expect(cardOf('logs-2')).toMatch(/followed migration: 13 errors/)
  })

  it('is read as a step of a procedure, whose dry run says what would be read', async () => {
    await command(night, 'alice', 'plan look')
    const shown = await night.slack.waitFor('the dry run', () =>
      night.slack.ephemerals('alice').findLast((one) => /Look first/.test(JSON.stringify(one))),
    )
    expect(JSON.stringify(shown)).toMatch(/reads \S*migration\.log/)
    await command(night, 'alice', 'run look')
    await reach('logs-3', 'succeeded')
    await night.slack.waitFor('the end of the run', () => /run-1 done/.test(night.threadText()))
  })

  it('has none of its row data in the journal', async () => {
    const [row] = await night.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM salvor.events WHERE type = 'step_done' AND data::text ~ '31/12/2025 evening|2026-02-30'`,
    )
    expect(row?.n).toBe(0)
  })

  it('sent nothing that Slack would refuse', async () => {
    expect(night.slack.violations).toEqual([])
    expect(await night.query('SELECT * FROM salvor.locks')).toEqual([])
  })
})
