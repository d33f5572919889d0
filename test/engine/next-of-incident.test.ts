import { expect, test } from 'vitest'
import type { Job } from '../../src/domain/job.ts'
import type { AnyJobKind, JobRegister } from '../../src/engine/define-job.ts'
import { findNext } from '../../src/engine/next-of-incident.ts'
import { fakePlan } from '../support/fakes/plan.ts'
import { fakeIncident, fakeJob, fakeJobView, fakeRunView } from '../support/fakes/views.ts'

const undo = { takesBack: ({ job }: { readonly job: string }) => job } as unknown as AnyJobKind
const register: JobRegister = { find: (name) => (name === 'undo' ? undo : undefined), list: () => [] }
const backups = [{ kind: 'pg_dump', path: 'b' }]
const database = (more: object = {}) => ({ kind: 'postgres', owner: 'dba', url: 'x', ...more })
const plan = (of: Record<string, unknown> = {}) => fakePlan({ logs: { migration: { path: '/l' } }, ...of })
const next = (of: Parameters<typeof plan>[0] = {}, jobs: readonly Job[] = [], system: string | null = null) => {
  const view = { incident: fakeIncident({ system }), jobs: jobs.map(fakeJobView) }
  return findNext(register, plan(of), view, [])
}
const steps = [{ restore: 'orders-db' }]

test('full-recovery is started where the plan has several procedures, and the only one where it has one', () => {
  const [full, back] = [
    { title: 'All', steps },
    { title: 'Orders', steps },
  ]
  expect(next().procedure).toBeNull()
  expect(next({ procedures: { 'orders-back': back } }).procedure).toEqual({ name: 'orders-back', title: 'Orders' })
  const both = { 'orders-back': back, 'full-recovery': full }
  expect(next({ procedures: both }).procedure?.name).toBe('full-recovery')
  expect(next({ procedures: { 'orders-back': back, 'stock-back': back } }).procedure).toBeNull()
})

test('backups are those of the incident, of systems that have some', () => {
  const systems = { a: database(), b: database({ backups }), c: database({ backups }), d: database({ backups }) }
  expect(next({ systems }).backups).toEqual(['b', 'c'])
  expect(next({ systems }, [], 'd').backups).toEqual(['d'])
  expect(next({ systems }, [], 'a').backups).toEqual(['b', 'c'])
})

test('a log is offered until it was read, that of the own migration first', () => {
  const logs = { other: { path: '/o' }, orders: { path: '/m' } }
  const systems = { 'orders-db': database(), 'stock-db': database() }
  const migrations = { stock: { system: 'stock-db', log: 'other' }, orders: { system: 'orders-db', log: 'orders' } }
  const of = { logs, migrations, systems }
  const read = (log: string, more: Partial<Job> = {}) =>
    fakeJob({ kind: 'logs', params: { log }, state: 'succeeded', ...more })
  expect(next(of, [], 'orders-db').log).toBe('orders')
  expect(next(of, [read('orders')], 'orders-db').log).toBe('other')
  expect(next(of, [read('orders'), read('other')]).log).toBeNull()
  expect(next(of, [read('other', { state: 'failed' })]).log).toBe('other')
  expect(next(of, [read('other', { params: { log: 'other', follow: true }, state: 'running' })]).log).toBe('other')
})

test('what was brought back counts until it is taken back', () => {
  const restored = fakeJob({ state: 'succeeded', outcome: { back: { system: 'orders-db' } } })
  const undone = fakeJob({ id: 'undo-1', kind: 'undo', state: 'succeeded', params: { job: 'restore-1' } })
  expect(next({}, [restored]).brought).toBe(true)
  expect(next({}, [restored, undone]).brought).toBe(false)
  expect(next({}, [fakeJob({ state: 'succeeded', outcome: {} })]).brought).toBe(false)
})

test('a procedure that stands still can be stopped, one that ended cannot', () => {
  const view = { incident: fakeIncident(), jobs: [] }
  for (const [state, runs] of Object.entries({ running: true, needs_person: true, failed: false, stopped: false }))
    expect(findNext(register, plan(), view, [fakeRunView({ state: state as 'running' })])).toMatchObject({
      ...{ runs, tried: true },
    })
})
