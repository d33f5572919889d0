import { expect, test } from 'vitest'
import { commandRegister } from '../../commands/index.ts'
import { jobRegister } from '../../jobs/index.ts'
import { fakePlan } from '../support/fakes/plan.ts'
import { startTalk } from '../support/fakes/say.ts'

const asking = commandRegister.filter((command) => jobRegister.find(command.name) && command.name !== 'undo')

test('every kind of job that people ask for has its command', () => {
  const named = [
    'backup',
    'baseline',
    'restore',
    'verify',
    'compare',
    'freeze',
    'thaw',
    'restart',
    'config',
    'test',
    'fix',
    'repair',
    'rerun',
    'logs',
    'uat',
  ]
  expect(asking.map(({ name }) => name).sort()).toEqual(named.sort())
})

/** They say what there is, or end something, and ask for nothing. */
const listing = ['fix orders-db', 'logs migration --stop']
const examples = asking.flatMap(({ name, examples }) =>
  examples.filter((example) => !listing.includes(example)).map((example) => [name, example] as const),
)
const orders = { kind: 'postgres', owner: 'dba', url: 'postgres://localhost/orders' }
const plan = fakePlan({
  systems: {
    'orders-db': { ...orders, remedies: [{ name: 'widen-phone', when: {}, sql: 'widen.sql' }] },
    'orders-api': { kind: 'service', owner: 'sysadmin', unit: 'orders-api.service' },
  },
  uat: { 'order-entry': { testers: ['dba'], cases: ['Place an order'] } },
  logs: { migration: { path: 'migration.log' } },
  migrations: { orders: { system: 'orders-db', rerun: ['migrate'] } },
})

test.each(examples)('%s: the params of «%s» are those that its kind takes', async (name, example) => {
  const talk = startTalk({ plan, deps: { jobs: jobRegister } })
  await talk.says(['restart', 'config'].includes(name) ? 'carol' : 'alice', example)
  const [call] = talk.engine.calls
  if (call?.move !== 'requestJob') throw new Error(`${example} asked for no job`)
  const [, { kind, params }] = call.args
  expect(kind).toBe(name)
  expect(jobRegister.find(kind)?.params.safeParse(params).error).toBeUndefined()
})
