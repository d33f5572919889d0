import { describe, expect, test } from 'vitest'
import { SalvorError } from '../../src/domain/errors/fail.ts'
import { openSession, withSession } from '../../src/tools/postgres-session.ts'
import { adminUrl, runSql, urlOf } from '../support/postgres.ts'
import { until } from '../support/until.ts'

const session = { step: 'verify-1/compare', fence: 3 }

function options(url: string, more: { signal?: AbortSignal; statementTimeoutMs?: number } = {}) {
  return { system: 'orders-db', url, session, ...more }
}

async function failureOf(work: Promise<unknown>): Promise<SalvorError> {
  const thrown = await work.then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(thrown).toBeInstanceOf(SalvorError)
  return thrown as SalvorError
}

describe('a session on a target', () => {
  test('carries the name of its step and settings that make its text the same everywhere', async () => {
    const rows = await withSession(options(adminUrl(), { statementTimeoutMs: 1500 }), async (client) => {
      const { rows } = await client.query(
        `SELECT name, setting FROM pg_settings WHERE name IN ('application_name', 'TimeZone', 'DateStyle',
         'IntervalStyle', 'bytea_output', 'extra_float_digits', 'client_connection_check_interval', 'statement_timeout')`,
      )
      return Object.fromEntries(rows.map((row) => [row.name, row.setting]))
    })
    expect(rows).toEqual({
      application_name: 'salvor:verify-1/compare:3',
      TimeZone: 'UTC',
      DateStyle: 'ISO, YMD',
      IntervalStyle: 'iso_8601',
      bytea_output: 'hex',
      extra_float_digits: '1',
      client_connection_check_interval: '1000',
      statement_timeout: '1500',
    })
  })

  test('leaves nothing at work on the server once it is aborted', async () => {
    const stop = new AbortController()
    const name = { step: 'verify-77/abort', fence: 1 }
    const running = withSession({ ...options(adminUrl(), { signal: stop.signal }), session: name }, (client) =>
      client.query('SELECT pg_sleep(60)'),
    )
    const count = async () =>
      (await runSql(adminUrl(), `SELECT 1 FROM pg_stat_activity WHERE application_name = 'salvor:verify-77/abort:1'`))
        .length
    await until('the statement runs', async () => (await count()) === 1)
    stop.abort(new Error('stopped by alice'))
    await expect(running).rejects.toThrow('stopped by alice')
    await until('its backend is gone', async () => (await count()) === 0)
  })

  test('says what was seen when nobody answers', async () => {
    const failure = await failureOf(openSession(options('postgres://u:s3cret@127.0.0.1:1/orders')))
    expect(failure.code).toBe('target_unreachable')
    expect(failure.message).toContain('ECONNREFUSED')
  })

  test('says that the server refused an unknown database or a wrong password, and never the password', async () => {
    const missing = await failureOf(openSession(options(urlOf('no_such_database'))))
    expect(missing.code).toBe('target_refused')
    expect(missing.message).toContain('no_such_database')
    const wrong = new URL(adminUrl())
    wrong.password = 's3cret-word'
    const refused = await failureOf(openSession(options(wrong.href)))
    expect(refused.code).toBe('target_refused')
    expect(JSON.stringify([refused.message, refused.hint, String(refused.cause)])).not.toContain('s3cret')
  })

  test('keeps a malformed url out of its error', async () => {
    const failure = await failureOf(openSession(options('postgres://u:s3cret@[/orders')))
    expect(failure.code).toBe('target_unreachable')
    expect(failure.message).not.toContain('s3cret')
  })

  test('is lost, not merely failed, when its backend is ended', async () => {
    const failure = await failureOf(
      withSession(options(adminUrl()), async (client) => {
        const { rows } = await client.query('SELECT pg_backend_pid() AS pid')
        await runSql(adminUrl(), 'SELECT pg_terminate_backend($1)', [rows[0]?.pid])
        await client.query('SELECT 1')
      }),
    )
    expect(failure.code).toBe('target_lost')
  })
})
