import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { silentLog } from '../../src/ports/log.ts'
import { auditIncident } from '../../src/postgres/audit.ts'
import { openPool } from '../../src/postgres/pool.ts'
import { createArchiveTools } from '../../src/tools/archives/index.ts'
import { createContentTools } from '../../src/tools/content/index.ts'
import { createToolRunner } from '../../src/tools/start-tool.ts'
import { channel, openNight, type TestNight } from '../support/night.ts'

describe.each(['http', 'socket'] as const)('a recovery over %s, from the first word to the report', (transport) => {
  let night: TestNight

  beforeAll(async () => {
    night = await openNight({ transport })
    await night.start('serve')
  })

  afterAll(() => night.close())

  it('opens an incident whose root message knows when the migration began', async () => {
    const { slack } = night
    await slack.as('alice').says('/recover open Orders lost after cut-over --severity 1', { channel })
    const root = await slack.waitFor('a root message', () => slack.messages(channel).find((one) => one.byBot))
    expect(root.text).toMatch(/#1 Orders lost after cut-over/)
  })

  it('restores beside the live database, proves it and asks another person', async () => {
    const { slack } = night
    await slack.as('alice').says('/recover restore orders-db', { channel })
    await slack.waitFor(
      'an approval card',
      () => slack.thread(channel, night.rootTs()).find((one) => /Approve/.test(one.text)),
      60_000,
    )
    expect(await night.databases()).toHaveLength(2)
    expect(slack.notifications('bob').some((one) => /Approve/.test(one.text))).toBe(true)
    await slack.as('alice').presses('Approve', { channel })
    await slack.waitFor('the refusal of the requester', () =>
      slack.ephemerals('alice').find((one) => /cannot approve/.test(JSON.stringify(one))),
    )
    expect(await night.jobState('restore-1')).toBe('awaiting_approval')
  })

  it('switches once a second person approved, whatever often the button is pressed', async () => {
    const { slack } = night
    await slack.as('bob').pressesRepeatedly('Approve', 5, { channel })
    await expect.poll(() => night.jobState('restore-1'), { timeout: 60_000 }).toBe('succeeded')
    await slack.waitFor('the outcome', () => /restore-1: orders-db holds/.test(night.threadText()))
    const used = await night.query(`SELECT count(*)::int AS n FROM salvor.events WHERE type = 'approval_used'`)
    expect(used).toEqual([{ n: 1 }])
    expect(await night.databases()).toEqual([night.database, `${night.database}_old_1`])
  })

  it('has the very content of the backup', async () => {
    const archives = createArchiveTools({ run: createToolRunner() })
    const [point] = await archives.list(night.orders.backups)
    const manifest = point && (await archives.readManifest(point))
    if (!manifest) throw new Error('the backup has no manifest')
    const url = night.orders.env.ORDERS_DB_URL
    const verification = await createContentTools({ log: silentLog }).compare({
      target: {
        system: 'orders-db',
        url,
        adminUrl: night.orders.env.ORDERS_ADMIN_URL,
        session: { step: 'test', fence: 1 },
      },
      manifest,
      against: 'the backup',
      checks: [],
      properties: manifest.properties,
      signal: AbortSignal.timeout(60_000),
    })
    expect(verification.differing).toEqual([])
    expect(verification.tables.proven).toBe(verification.tables.total)
  })

  it('verifies, restarts the service and closes with a report', async () => {
    const { slack } = night
    await slack.as('alice').says('/recover verify orders-db', { channel })
    await expect.poll(() => night.jobState('verify-1'), { timeout: 60_000 }).toBe('succeeded')
    await slack.as('alice').says('@salvor restart orders-api', { channel, thread: night.rootTs() })
    await expect.poll(() => night.jobState('restart-1'), { timeout: 60_000 }).toBe('succeeded')
    expect((await fetch(`${night.orders.apiUrl}/healthz`)).status).toBe(200)
    await slack.as('alice').says('/recover close', { channel })
    await slack.waitFor('the report', () => /chain whole/.test(night.threadText()), 30_000)
    await slack.waitFor('the report as a file', () => slack.files().find((file) => /incident-1/.test(file.name)))
    await slack.waitFor('a closed root', () =>
      /closed/i.test(slack.messages(channel).find((one) => one.byBot)?.text ?? ''),
    )
  })

  it('leaves a whole journal, and nothing that Slack would refuse', async () => {
    const pool = openPool(night.store.url, 'test', silentLog, 1)
    expect(await auditIncident(pool, 1)).toMatchObject({ whole: true })
    await pool.end()
    expect(night.slack.violations).toEqual([])
    const locks = await night.query('SELECT * FROM salvor.locks')
    expect(locks).toEqual([])
  })
})
