import { expect, test } from 'vitest'
import type { Job } from '../../src/domain/job.ts'
import { recoveryPlanSchema } from '../../src/domain/recovery-plan.ts'
import { listUnseen } from '../../src/domain/unseen.ts'
import { makeStep } from '../slack/support/world.ts'
import { fakeIncident, fakeJob } from '../support/fakes/views.ts'

const checks = [{ name: 'kept', sql: 'SELECT 1', expect: 1 }]
const plan = recoveryPlanSchema.parse({
  ...{ version: 1, title: 'Orders', roles: { dba: { users: ['alice'] } } },
  systems: {
    'orders-db': { kind: 'postgres', owner: 'dba', url: 'x', checks },
    'orders-api': { kind: 'service', owner: 'dba', restart: ['true'], health: { http: 'http://localhost/' } },
  },
  logs: { migration: { path: '/log' } },
  uat: { orders: { testers: ['dba'], cases: ['Place an order'] } },
})
const [log, content, run, health, uat] = [
  ...['the log migration', 'what orders-db holds', 'the checks of orders-db', 'whether orders-api is healthy'],
  'acceptance test',
]
const done = (kind: string, params: Job['params']) => fakeJob({ kind, params, state: 'succeeded' })
const cases: readonly [about: string, jobs: readonly Job[], unseen: readonly (string | undefined)[]][] = [
  ['nothing', [], [log, content, run, health, uat]],
  ['the log', [done('logs', { log: 'migration' })], [content, run, health, uat]],
  ['a restore', [done('restore', { system: 'orders-db' })], [log, run, health, uat]],
  ['another system', [done('verify', { system: 'stock-db' })], [log, content, run, health, uat]],
  [
    'what failed before it looked',
    [{ ...done('verify', { system: 'orders-db' }), state: 'failed' }],
    [log, content, run, health, uat],
  ],
  [
    'all',
    [
      ...[done('logs', { log: 'migration' }), done('verify', { system: 'orders-db' })],
      ...[
        done('test', { system: 'orders-db' }),
        done('restart', { service: 'orders-api' }),
        done('uat', { suite: 'orders' }),
      ],
    ],
    [],
  ],
]

test.each(cases)('after a look at %s the rest is named as not looked at', (_about, jobs, unseen) => {
  const view = {
    incident: fakeIncident(),
    jobs: jobs.map((job) => ({ job, steps: [], approvals: [], accepted: [], asks: [] })),
  }
  expect(listUnseen(view, plan)).toEqual(unseen)
})

test('a verdict is a look, whatever it says', () => {
  const job = fakeJob({ kind: 'verify', state: 'failed' })
  const view = { job, steps: [makeStep({ name: 'judge', state: 'failed' })], approvals: [], accepted: [], asks: [] }
  expect(listUnseen({ incident: fakeIncident(), jobs: [view] }, plan)).not.toContain(content)
})
