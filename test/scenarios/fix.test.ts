import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { silentLog } from '../../src/ports/log.ts'
import { auditIncident } from '../../src/postgres/audit.ts'
import { openPool } from '../../src/postgres/pool.ts'
import { channel, openNight, type TestNight } from '../support/night.ts'
import { runSql } from '../support/postgres.ts'
import { command, hearRefusal } from './hear-refusal.ts'

describe('after a wrong mapping', () => {
  let night: TestNight
  const rejects = async () =>
    Object.fromEntries(
      (
        await runSql<{ target: string; n: number }>(
          night.orders.database.appUrl,
          'SELECT target, count(*)::int AS n FROM migration_rejects GROUP BY target',
        )
      ).map(({ target, n }) => [target, n]),
    )
  const reach = (job: string, state: string) => expect.poll(() => night.jobState(job), { timeout: 50_000 }).toBe(state)

  beforeAll(async () => {
    night = await openNight({ story: 'wrong-mapping' })
    await night.start('serve')
    await command(night, 'alice', 'open Codes and phones are wrong')
    await night.slack.waitFor('a root message', () => night.slack.messages(channel).find((one) => one.byBot))
  })
  afterAll(() => night?.close())

  it('tells which remedies there are, for the asker alone', async () => {
    await command(night, 'alice', 'logs migration')
    await reach('logs-1', 'succeeded')
    await command(night, 'alice', 'fix orders-db')
    const answer = await night.slack.waitFor('the list', () => night.slack.ephemerals('alice').at(-1))
    expect(JSON.stringify(answer)).toMatch(/widen-contact-phone/)
    expect(JSON.stringify(answer)).toMatch(/Compared with logs-1\. Compared with \d+ rejected rows/)
    expect(JSON.stringify(answer)).toMatch(/✅ widen-contact-phone · matches label data_conversion, code 22001/)
  })

  it('tries the remedy, rolls it back and asks another person with the rejects that would load', async () => {
    const before = await rejects()
    expect(before.customer_contacts).toBeGreaterThan(0)
    await command(night, 'alice', 'fix orders-db widen-contact-phone')
    await reach('fix-1', 'awaiting_approval')
    expect(await rejects()).toEqual(before)
    const { slack } = night
    const card = await slack.waitFor('the card', () =>
      slack.thread(channel, night.rootTs()).find((one) => /Approve the remedy/.test(one.text)),
    )
    const text = JSON.stringify(card.blocks)
    expect(text).toContain(
      `customer_contacts: ${before.customer_contacts} of ${before.customer_contacts} rejected rows load`,
    )
    expect(text).toContain('ALTER COLUMN phone TYPE varchar(24)')
  })

  it('commits and loads them once bob approved; their group is at zero', async () => {
    await night.slack.as('bob').presses('Approve', { channel })
    await reach('fix-1', 'succeeded')
    expect((await rejects()).customer_contacts).toBeUndefined()
    await night.slack.waitFor('the outcome', () =>
      /widen-contact-phone committed on orders-db/.test(night.threadText()),
    )
  })

  it('cannot be taken back while a longer number is in the table: the dry run says so, nothing is changed', async () => {
    await command(night, 'alice', 'undo fix-1')
    await reach('fix-2', 'failed')
    await night.slack.waitFor('the reason', () =>
      /value too long for type character varying\(12\)/.test(night.threadText()),
    )
  })

  it('loads the rest by the next remedy: no reject is left', async () => {
    await command(night, 'alice', 'fix orders-db deliveries-without-date')
    await reach('fix-3', 'awaiting_approval')
    await command(night, 'bob', `approve fix-3 ${await night.cardCode('fix-3')}`)
    await reach('fix-3', 'succeeded')
    expect(await rejects()).toEqual({})
  })

  it('takes back what the older mapping did; a row that changed after the card was shown is asked about anew', async () => {
    await command(night, 'alice', 'fix orders-db codes-by-one-mapping')
    await reach('fix-4', 'awaiting_approval')
    await runSql(
      night.orders.database.appUrl,
      // In letters that every encoding has: the remedy reads others as what they are not, and would fail on them.
      `UPDATE orders SET ship_to.city = 'Bonn' WHERE id = (SELECT min(id) FROM orders WHERE touched_at IS NULL)`,
    )
    await command(night, 'bob', `approve fix-4 ${await night.cardCode('fix-4')}`)
    const cards = () => night.query(`SELECT state, why FROM salvor.approvals WHERE job = 'fix-4' ORDER BY asked_at`)
    await expect.poll(async () => (await cards()).length, { timeout: 30_000 }).toBe(2)
    expect(await cards()).toEqual([
      expect.objectContaining({ state: 'used' }),
      {
        ...{ state: 'asked' },
        why: [
          {
            code: 'approval_changed',
            facts: { changes: expect.stringMatching(/now public\.orders: \d+ updated; shown was public\.orders/) },
          },
        ],
      },
    ])
    await night.slack.waitFor('the newer card', () => /Asked again/.test(night.threadText()))
    await command(night, 'bob', `approve fix-4 ${await night.cardCode('fix-4')}`)
    await reach('fix-4', 'succeeded')
    const [done] = await night.query<{ updated: number }>(
      `SELECT (data->'output'->'effect'->'tables'->'public.orders'->>'updated')::int AS updated FROM salvor.events
        WHERE type = 'step_done' AND job = 'fix-4' AND data->>'step' = 'commit'`,
    )
    const [touched] = await runSql<{ n: number }>(
      night.orders.database.appUrl,
      'SELECT count(*)::int AS n FROM orders WHERE touched_at IS NOT NULL',
    )
    expect(done?.updated).toBeGreaterThan(0)
    expect(touched?.n).toBe(0)
  })

  it('runs a file that came with a mention: as it was then, whatever becomes of it in Slack', async () => {
    const { slack } = night
    const isThere = async () =>
      (await runSql(night.orders.database.appUrl, `SELECT FROM pg_class WHERE relname = 'hotfix_seen'`)).length === 1
    await slack.as('alice').says('@salvor fix orders-db --file hotfix.sql --undo hotfix-undo.sql', {
      ...{ channel, thread: night.rootTs() },
      files: [
        { name: 'hotfix.sql', content: 'CREATE TABLE hotfix_seen (id int);\n' },
        { name: 'hotfix-undo.sql', content: 'DROP TABLE hotfix_seen;\n' },
      ],
    })
    await reach('fix-5', 'awaiting_approval')
    const shared = slack.files().find(({ name }) => name === 'hotfix.sql')
    slack.as('alice').editsFile(shared?.id ?? '', 'DROP TABLE orders CASCADE;\n')
    slack.as('alice').deletesFile(shared?.id ?? '')
    const card = await slack.waitFor('the card', () =>
      slack.thread(channel, night.rootTs()).find((one) => /Approve the remedy hotfix\.sql/.test(one.text)),
    )
    expect(JSON.stringify(card.blocks)).toContain('CREATE TABLE hotfix_seen (id int)')
    await command(night, 'bob', `approve fix-5 ${await night.cardCode('fix-5')}`)
    await reach('fix-5', 'succeeded')
    expect(await isThere()).toBe(true)
    await command(night, 'alice', 'undo fix-5')
    await reach('fix-6', 'awaiting_approval')
    await command(night, 'bob', `approve fix-6 ${await night.cardCode('fix-6')}`)
    await reach('fix-6', 'succeeded')
    expect(await isThere()).toBe(false)
    // What is said of its end would else be counted among what a refusal says.
    await slack.waitFor('the outcome', () =>
      slack.thread(channel, night.rootTs()).find(({ text }) => text.includes('✅ fix-6')),
    )
  })

  it("runs nothing of a stranger's file, nor of one with a password in it, of which nothing is kept", async () => {
    const { slack } = night
    const here = { channel, thread: night.rootTs() }
    await slack.as('oscar').says('try this', { ...here, file: { name: 'help.sql', content: 'DELETE FROM orders;' } })
    await hearRefusal(night, 'alice', 'upload_stranger', () => command(night, 'alice', 'fix orders-db --file help.sql'))
    const secret = "UPDATE settings SET password = 'hunter2hunter2';"
    await hearRefusal(night, 'alice', 'upload_secret', () =>
      slack.as('alice').says('@salvor fix orders-db', { ...here, file: { name: 'secret.sql', content: secret } }),
    )
    expect(await night.query(`SELECT FROM salvor.uploads WHERE text ~ 'hunter2|DELETE'`)).toEqual([])
    expect(await night.query(`SELECT FROM salvor.jobs WHERE id = 'fix-7'`)).toEqual([])
  })

  it('has all of it in a whole journal, without the values of rows, and sent nothing that Slack would refuse', async () => {
    const steps = await night.query<{ line: string }>(
      `SELECT job || ' ' || (data->>'step') AS line FROM salvor.events WHERE type = 'step_done' AND job = 'fix-1' ORDER BY no`,
    )
    expect(steps.map(({ line }) => line)).toEqual(['fix-1 look', 'fix-1 rehearse', 'fix-1 commit', 'fix-1 confirm'])
    const [row] = await night.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM salvor.events WHERE data::text ~ '\\+[0-9]{11}'`,
    )
    expect(row?.n).toBe(0)
    const pool = openPool(night.store.url, 'test', silentLog, 1)
    expect(await auditIncident(pool, 1)).toMatchObject({ whole: true })
    await pool.end()
    expect(night.slack.violations).toEqual([])
    expect(await night.query('SELECT * FROM salvor.locks')).toEqual([])
  })
})
