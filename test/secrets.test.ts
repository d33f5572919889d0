import { expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'
import type { KeptPlan, PlanShelf } from '../src/ports/plans.ts'
import { createLearningRedactor } from '../src/secrets.ts'

const env = {
  DATABASE_URL: 'postgres://salvor:store-secret@127.0.0.1/salvor',
  ORDERS_DB_URL: 'postgres://dba:p%40ssw0rd-of-orders@db/orders',
  LATER_TOKEN: 'token-named-later',
}

function shelve(text: string): KeptPlan {
  return { digest: text, text, path: 'salvor.yaml', folder: '/', fileHashes: {} }
}

function createShelf(): PlanShelf {
  let kept: KeptPlan | undefined
  return {
    find: async () => kept,
    inForce: async () => kept,
    putInForce: async (plan) => {
      kept = plan
    },
  }
}

const said = 'store-secret and p@ssw0rd-of-orders and token-named-later'

test('own passwords are known from the start', () => {
  const { redact } = createLearningRedactor(readConfig(env), env)
  expect(redact(said)).toBe('*** and p@ssw0rd-of-orders and token-named-later')
})

test.each(['find', 'inForce', 'putInForce'] as const)('a plan that passes by %s teaches its variables', async (way) => {
  const bare = createShelf()
  const { redact, watch } = createLearningRedactor(readConfig(env), env)
  const shelf = watch(bare)
  const plan = shelve(`url: \${ORDERS_DB_URL}`)
  if (way === 'putInForce') await shelf.putInForce(plan)
  else {
    await bare.putInForce(plan)
    await shelf[way]('any')
  }
  expect(redact(said)).toBe('*** and *** and token-named-later')
})

test('a plan that comes to name more is learnt as well, and what was known stays known', async () => {
  const { redact, watch } = createLearningRedactor(readConfig(env), env)
  const shelf = watch(createShelf())
  await shelf.putInForce(shelve(`url: \${ORDERS_DB_URL}`))
  await shelf.putInForce(shelve(`token: \${LATER_TOKEN}`))
  expect(redact(said)).toBe('*** and *** and ***')
})
