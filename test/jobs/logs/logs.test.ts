import { appendFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { logs } from '../../../jobs/logs/index.ts'
import { SalvorError } from '../../../src/domain/errors/fail.ts'
import type { LogGlance } from '../../../src/domain/log-analysis.ts'
import { inPhase } from '../../../src/domain/phase.ts'
import type { JobView } from '../../../src/domain/view.ts'
import type { LogTools } from '../../../src/ports/log-tools.ts'
import { labTools, layFiles } from '../../logs/port/log-lab.ts'
import { makeAnalysis } from '../../support/fakes/analyses.ts'
import { planOf, startJob } from '../run-job.ts'

const failure = 'customers 1: value too long for type character varying(12) (SQLSTATE 22001)'
const text = `2026-03-01T02:00:00.000Z ERROR loader deadlock detected (SQLSTATE 40P01)\n2026-03-01T02:10:07.000Z ERROR loader ${failure}\n`
const orders = {
  kind: 'postgres',
  owner: 'ops',
  url: 'x',
  remedies: [{ name: 'widen-phone', when: { code: '22001', table: 'customers' }, sql: 'a.sql' }],
}

function startLogs(params: { log: string; since?: string; follow?: boolean }, tools: LogTools, requestedAt?: string) {
  const at = layFiles({ 'app.log': text })
  const plan = planOf({ 'orders-db': orders }, { logs: { migration: { path: at('app.log') } } })
  const job = startJob({ kind: logs, params, plan, tools: { logs: tools }, ...(requestedAt ? { requestedAt } : {}) })
  return { job, at }
}
const cardOf = (view: JobView) => {
  const { headline, lines, code = '' } = logs.card(view)
  return [headline, ...lines, code].join('\n')
}
const glance = (): LogGlance => ({ analysis: makeAnalysis(), tail: ['newest'], leftOut: 3 })

test('an analysis is kept with the remedies that fit, and told by card, report and file', async () => {
  const { job } = startLogs({ log: 'migration' }, labTools())
  await job.run()
  expect(cardOf(job.view())).toMatch(/deadlock detected[\s\S]*Fix {2}`fix orders-db widen-phone`/)
  expect(job.report()).toMatchObject({
    summary: expect.stringMatching(/^migration: It waited for a lock.*40P01 \(app\.log line 1, 02:00:00\)$/),
    left: ['to try: `fix orders-db widen-phone`'],
  })
  expect(logs.document?.(job.view())).toMatchObject({ name: 'logs-1.md', text: expect.stringContaining('22001') })
})

test('since counts from when it was asked for', async () => {
  const { job } = startLogs({ log: 'migration', since: '5m' }, labTools(), '2026-03-01T02:12:00.000Z')
  await job.run()
  expect(job.report().summary).toMatch(/22001 \(app\.log line 2/)
})

test('a log that the plan does not have is told with the nearest', async () => {
  const { job } = startLogs({ log: 'migratoin' }, labTools())
  await expect(job.run()).rejects.toMatchObject({ code: 'log_unknown', message: expect.stringContaining('migratoin') })
})

test('a log is followed once at a time, and read as often as one likes', () => {
  expect(logs.lock({ log: 'migration', follow: true } as never)).toBe('log:migration')
  expect(logs.lock({ log: 'migration' } as never)).toBeNull()
})

test('following ends by itself after two hours, counted from when it was asked for, and says so', async () => {
  const follow: LogTools['follow'] = ({ signal }) =>
    new Promise((resolve) => {
      if (signal.aborted) resolve(glance())
      signal.addEventListener('abort', () => resolve(glance()), { once: true })
    })
  const asked = new Date(Date.now() - 2 * 60 * 60_000 + 50).toISOString()
  const { job } = startLogs({ log: 'migration', follow: true }, { ...labTools(), follow }, asked)
  await job.run()
  expect(cardOf(job.view())).toMatch(/^followed migration: 4 errors[\s\S]*Ended: two hours are over\./)
  expect(job.report().summary).toMatch(/followed until two hours are over$/)
})

test('while it follows, the card shows what was seen last', () => {
  const { job } = startLogs({ log: 'migration', follow: true }, labTools())
  const view = job.view()
  const progress = { ...inPhase('following', { log: 'migration', errors: 1 }), shown: glance() }
  const at = { ...view, steps: view.steps.map((step) => ({ ...step, state: 'running' as const, progress })) }
  expect(cardOf(at)).toMatch(/^follows migration: 4 errors[\s\S]*… 3 lines before these are left out\nnewest$/)
})

test('a file that is followed is told as it grows, and no more once it is told to end', async () => {
  const at = layFiles({ 'app.log': text })
  const control = new AbortController()
  const seen: LogGlance[] = []
  const following = labTools().follow({
    log: { name: 'migration', path: at('app.log'), rowData: 'hidden' },
    everyMs: 20,
    signal: control.signal,
    onGlance(one) {
      seen.push(one)
      if (seen.length === 1) appendFileSync(at('app.log'), `2026-03-01T02:20:00.000Z ERROR loader ${failure}\n`)
      if (one.analysis.lines > 0) control.abort(new SalvorError('stopped', { by: 'alice', job: 'logs-1' }))
    },
  })
  const last = await following
  expect(last).toMatchObject({ analysis: { lines: 1, root: { code: '22001' } }, leftOut: 0 })
  expect(last.tail).toEqual([`2026-03-01T02:20:00.000Z ERROR loader ${failure}`])
})

test('what it would do names the very commands', () => {
  const sources = { unit: { unit: 'orders-api.service' }, box: { argv: ['docker', 'logs', 'box'] } }
  const plan = planOf({}, { logs: sources })
  const does = (log: string) => logs.preview?.({ log } as never, plan, { database: (system) => system })?.does.analyse
  expect(does('unit')).toEqual(['journalctl --unit=orders-api.service --output=short-iso --no-pager --quiet'])
  expect(does('box')).toEqual(['docker logs box'])
})
