import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseDocument } from 'yaml'
import type { SalvorProcess } from '../../sandbox/start-night.ts'
import { silentLog } from '../../src/ports/log.ts'
import { auditIncident } from '../../src/postgres/audit.ts'
import { openPool } from '../../src/postgres/pool.ts'
import { channel, openNight, type TestNight } from '../support/night.ts'
import { command } from './hear-refusal.ts'

let night: TestNight
let salvor: SalvorProcess

/** A service whose restart fails until a file is there, and takes long enough to be seen beside another one. */
const control = `#!/bin/sh
name=$1; action=$2; home=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
case "$action" in
  restart) sleep 1; [ -e "$home/run/$name-mended" ] || { echo "port of $name is taken" >&2; exit 1; }
    echo "$name $$" > "$home/run/$name.id" ;;
  identity) cat "$home/run/$name.id" 2>/dev/null || exit 3 ;;
esac
`

const procedure = {
  title: 'Bring the shop back',
  steps: [
    { restore: 'orders-db' },
    { test: 'orders-db' },
    { manual: { title: 'tell the shop that orders are back', owner: 'business' } },
    { restart: 'orders-api' },
    { restart: 'orders-web' },
    { restart: 'orders-edge' },
  ],
}

/** The sandbox's plan with a second tier: the service of the shop, and beside it two that only this test has. */
function widenPlan({ orders }: TestNight): void {
  const path = join(orders.dir, 'bin', 'web-ctl')
  writeFileSync(path, control)
  chmodSync(path, 0o755)
  const plan = parseDocument(readFileSync(orders.planPath, 'utf8'))
  const service = (name: string, needs: string[]) => ({
    ...{ kind: 'service', tier: 2, owner: 'sysadmin', needs, settle: '100ms' },
    ...{ restart: [path, name, 'restart'], identity: [path, name, 'identity'] },
  })
  plan.setIn(['systems', 'orders-api', 'tier'], 2)
  plan.setIn(['systems', 'orders-web'], service('orders-web', ['orders-db']))
  plan.setIn(['systems', 'orders-edge'], service('orders-edge', ['orders-web']))
  plan.setIn(['procedures', 'shop'], procedure)
  writeFileSync(orders.planPath, plan.toString({ lineWidth: 0 }))
}

const mend = (name: string) => writeFileSync(join(night.orders.dir, 'run', `${name}-mended`), '')

const runState = async (run: string) =>
  (await night.query<{ state: string }>('SELECT state FROM salvor.runs WHERE id = $1', [run]))[0]?.state

const card = (run: string) => {
  const found = night.slack.thread(channel, night.rootTs()).find((one) => one.text.startsWith(`${run} · `))
  return JSON.stringify(found?.blocks ?? '')
}

/** What the journal tells of runs and of the ends of jobs, in its order. */
const story = async () => {
  const rows = await night.query<{ type: string; about: string }>(
    `SELECT type, coalesce(job, data->>'step', data->>'run') AS about FROM salvor.events
      WHERE incident = 1 AND (type LIKE 'run\\_%' OR type IN ('job_succeeded', 'job_failed', 'approval_granted')) ORDER BY no`,
  )
  return rows.map(({ type, about }) => `${type} ${about}`)
}

beforeAll(async () => {
  night = await openNight()
  widenPlan(night)
  salvor = await night.start('serve')
})

afterAll(() => night.close())

describe('a procedure of two tiers', () => {
  it('is told step by step before anything is done', async () => {
    const { slack } = night
    await command(night, 'alice', 'open Orders lost after cut-over --severity 1')
    await slack.waitFor('a root message', () => slack.messages(channel).find((one) => one.byBot))
    await command(night, 'dave', 'plan shop')
    const answer = await slack.waitFor('the dry run', () =>
      slack.ephemerals('dave').find((one) => /dry run of shop/.test(JSON.stringify(one.blocks))),
    )
    const text = JSON.stringify(answer.blocks)
    for (const words of ['pg_restore --jobs', 'RENAME TO', 'Approval', 'web-ctl orders-web restart', 'manifest'])
      expect(text).toContain(words)
    expect(await night.query('SELECT * FROM salvor.jobs')).toEqual([])
  })

  it('starts with its first step alone and asks for the approval of its switch', async () => {
    await command(night, 'alice', 'run shop')
    await expect.poll(() => night.jobState('restore-1'), { timeout: 60_000 }).toBe('awaiting_approval')
    expect(await story()).toEqual(['run_started run-1', 'run_step_started restore-1'])
    await night.slack.waitFor('the run card', () => /restore-1/.test(card('run-1')))
    expect(card('run-1')).toMatch(/2 test orders-db · after 1/)
    // Whoever keeps the run is killed in the middle of it and comes back: nothing is lost, nothing is done twice.
    salvor.kill('SIGKILL')
    await salvor.ended
    await night.start('serve')
    await night.slack.as('bob').presses('Approve', { channel, withinMs: 20_000 })
    await expect.poll(() => night.jobState('test-1'), { timeout: 60_000 }).toBe('succeeded')
  })

  it('waits for a person, calls those who hold the role, and takes what they saw as evidence', async () => {
    const { slack } = night
    const called = await slack.waitFor('a call for dave', () =>
      slack.notifications('dave').find((one) => /tell the shop/.test(one.text)),
    )
    expect(called.text).toMatch(/run-1/)
    expect(await runState('run-1')).toBe('running')
    await slack.as('dave').presses('Done', { channel })
    await slack.waitFor('a form', () => slack.as('dave').modal())
    await slack.as('dave').submits({ reason: 'announced on the shop floor, they can order' })
    await slack.waitFor('the evidence on the step’s card', () =>
      /✅ run-1, step 3 .*announced on the shop floor/.test(night.threadText().replaceAll('\\n', ' ')),
    )
    const [done] = await night.query(
      `SELECT actor, data->>'evidence' AS evidence FROM salvor.events WHERE type = 'run_step_done'`,
    )
    expect(done).toEqual({ actor: 'dave', evidence: 'announced on the shop floor, they can order' })
    await expect(slack.as('dave').presses('Done', { channel, withinMs: 300 })).rejects.toThrow(/sees no button/)
  })

  it('runs the pair of the second tier side by side; the one that fails stops what needs it and nothing else', async () => {
    await expect.poll(() => runState('run-1'), { timeout: 60_000 }).toBe('failed')
    expect(await night.jobState('restart-1')).toBe('succeeded')
    expect(await night.jobState('restart-2')).toBe('failed')
    expect(await night.jobState('restart-3')).toBeUndefined()
    const spans = await night.query<{ job: string; began: number; ended: number }>(
      `SELECT job, min(no) FILTER (WHERE type = 'step_started')::int AS began,
              max(no) FILTER (WHERE type IN ('job_succeeded', 'job_failed'))::int AS ended
         FROM salvor.events WHERE job IN ('restart-1', 'restart-2') GROUP BY job ORDER BY job`,
    )
    const [api, web] = spans
    expect(api?.began).toBeLessThan(web?.ended ?? 0)
    expect(web?.began).toBeLessThan(api?.ended ?? 0)
    await night.slack.waitFor('the card of the failure', () => /step 5 did not succeed; 6 wait/.test(card('run-1')))
  })

  it('is resumed by a button, and fails again while nothing was mended', async () => {
    await night.slack.as('alice').presses('Resume run-1', { channel })
    const failed = async () => (await story()).filter((line) => line === 'job_failed restart-2').length
    await expect.poll(failed, { timeout: 30_000 }).toBe(2)
    await expect.poll(() => runState('run-1'), { timeout: 30_000 }).toBe('failed')
  })

  it('goes on from the step that failed and ends green', async () => {
    mend('orders-web')
    mend('orders-edge')
    await command(night, 'alice', 'run shop --from restart orders-web')
    await expect.poll(() => runState('run-2'), { timeout: 60_000 }).toBe('succeeded')
    await night.slack.waitFor('the green card', () => /run-2 done/.test(night.threadText()))
    expect((await fetch(`${night.orders.apiUrl}/healthz`)).status).toBe(200)
  })

  it('left a journal that proves the order', async () => {
    const pair = ['run_step_started restart-1', 'run_step_started restart-2']
    const told = await story()
    expect(told.slice(0, 10)).toEqual([
      'run_started run-1',
      'run_step_started restore-1',
      'approval_granted restore-1',
      'job_succeeded restore-1',
      'run_step_started test-1',
      'job_succeeded test-1',
      'run_step_asked 3',
      'run_step_done 3',
      ...pair,
    ])
    expect(told.slice(10, 12).toSorted()).toEqual(['job_failed restart-2', 'job_succeeded restart-1'])
    expect(told.slice(12)).toEqual([
      'run_failed run-1',
      'run_resumed run-1',
      'job_failed restart-2',
      'run_failed run-1',
      'run_started run-2',
      'run_step_started restart-3',
      'job_succeeded restart-3',
      'run_step_started restart-4',
      'job_succeeded restart-4',
      'run_succeeded run-2',
    ])
    const pool = openPool(night.store.url, 'test', silentLog, 1)
    expect(await auditIncident(pool, 1)).toMatchObject({ whole: true })
    await pool.end()
    expect(await night.query('SELECT * FROM salvor.locks')).toEqual([])
  })

  it('rang nobody more than three times for one job, and sent nothing that Slack would refuse', async () => {
    const rings = await night.query<{ job: string; n: number }>(
      `SELECT job, count(*)::int AS n FROM salvor.messages WHERE notifies AND key NOT LIKE '%:dm:%' AND job IS NOT NULL GROUP BY job`,
    )
    expect(rings.filter(({ n }) => n > 3)).toEqual([])
    expect(night.slack.violations).toEqual([])
  })
})
