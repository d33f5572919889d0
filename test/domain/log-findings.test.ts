import { expect, test } from 'vitest'
import { matchLogRemedies } from '../../src/domain/log-findings.ts'
import { recoveryPlanSchema } from '../../src/domain/recovery-plan.ts'
import { makeAnalysis, makeCause } from '../support/fakes/analyses.ts'

const system = (remedies: object[]) => ({ kind: 'postgres', owner: 'dba', url: 'x', remedies })
const widen = { name: 'widen-phone', when: { code: '22001', table: 'customers' }, sql: 'a.sql' }
const other = { name: 'other', when: { code: '23505' }, sql: 'b.sql' }

function planOf(migrations: object) {
  return recoveryPlanSchema.parse({
    version: 1,
    title: 'Plan',
    roles: { dba: {} },
    systems: { 'orders-db': system([other, widen]), 'stock-db': system([widen]) },
    logs: { migration: { path: 'a.log' } },
    migrations,
  })
}

const orders = { orders: { system: 'orders-db', log: 'migration' } }
const named = (plan: ReturnType<typeof planOf>, analysis = makeAnalysis()) =>
  matchLogRemedies(analysis, plan).map(({ system, remedy }) => `${system} ${remedy}`)
const place = { ...makeCause().place, table: null }

test('the remedies that fit are those of the system whose migration writes the log', () => {
  expect(named(planOf(orders))).toEqual(['orders-db widen-phone'])
})

test('where no migration names the log, those of every system count', () => {
  expect(named(planOf({}))).toEqual(['orders-db widen-phone', 'stock-db widen-phone'])
})

test('a table that only the words of the line name counts, as a whole word', () => {
  const root = makeCause({ place })
  expect(named(planOf(orders), makeAnalysis({ root }))).toEqual(['orders-db widen-phone'])
  const longer = makeCause({ place, text: 'oldcustomers 51 to 100: value too long' })
  expect(named(planOf(orders), makeAnalysis({ root: longer }))).toEqual([])
})

test('what only followed from something else calls for nothing', () => {
  expect(named(planOf(orders), makeAnalysis({ root: makeCause({ certain: false }) }))).toEqual([])
})
