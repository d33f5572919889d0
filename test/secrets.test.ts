import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, renameSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'
import type { KeptPlan, PlanShelf } from '../src/ports/plans.ts'
import { createLearningRedactor } from '../src/secrets.ts'
import { until } from './support/until.ts'

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
  if (way === 'putInForce') await shelf.putInForce(plan, [])
  else {
    await bare.putInForce(plan, [])
    await shelf[way]('any')
  }
  expect(redact(said)).toBe('*** and *** and token-named-later')
})

test('a plan that comes to name more is learnt as well, and what was known stays known', async () => {
  const { redact, watch } = createLearningRedactor(readConfig(env), env)
  const shelf = watch(createShelf())
  await shelf.putInForce(shelve(`url: \${ORDERS_DB_URL}`), [])
  await shelf.putInForce(shelve(`token: \${LATER_TOKEN}`), [])
  expect(redact(said)).toBe('*** and *** and ***')
})

const file = () => join(mkdtempSync(join(tmpdir(), 'salvor-secret-')), 'secret')

test.each([
  ['SALVOR_TOTP_BOB_FILE', 'JBSWY3DPEHPK3PXP\n', 'JBSWY3DPEHPK3PXP'],
  ['SALVOR_TOTP_BOB_FILE', 'JBSW Y3DP EHPK 3PXP\r\n', 'JBSWY3DPEHPK3PXP'],
  ['SALVOR_TOTP_BOB_FILE', '# of bob\nJBSWY3DPEHPK3PXP', 'JBSWY3DPEHPK3PXP'],
  ['ORDERS_PASSWORD_FILE', 'kept-in-a-mounted-file\n', 'kept-in-a-mounted-file'],
  ['ORDERS_PASSWORD_FILE', '\ufeffkept-behind-a-mark\r\n', 'kept-behind-a-mark'],
  ['ORDERS_URL_FILE', 'postgres://dba:kept-in-an-address@db/orders', 'kept-in-an-address'],
])('what the file of %s holds is known (%j)', async (name, content, secret) => {
  const path = file()
  writeFileSync(path, content)
  const { redact, watch } = createLearningRedactor(readConfig(env), { ...env, [name]: path })
  await watch(createShelf()).putInForce(shelve(`test: [check, "\${ORDERS_PASSWORD_FILE}", "\${ORDERS_URL_FILE}"]`), [])
  expect(redact(`it is ${secret} .`)).not.toContain(secret)
})

test('a mounted secret that is exchanged is known as well, and the one before stays known', async () => {
  const path = file()
  const { redact } = createLearningRedactor(readConfig(env), { ...env, SALVOR_TOTP_BOB_FILE: path })
  for (const secret of ['FIRSTSECRETOFBOB', 'SECONDSECRETOFBOB']) {
    writeFileSync(`${path}.new`, secret)
    renameSync(`${path}.new`, path)
    await until(secret, async () => !redact(`x ${secret} x`).includes(secret) || undefined, 20_000)
  }
  expect(redact('x FIRSTSECRETOFBOB x')).toBe('x *** x')
})

test.each([
  ['is not there', (_path: string) => {}],
  ['is a folder', (path: string) => void mkdirSync(path)],
  ['is a pipe that nobody writes to', (path: string) => void spawnSync('mkfifo', [path])],
])('a file that %s keeps no process from starting', (_what, make) => {
  const path = file()
  make(path)
  const { redact } = createLearningRedactor(readConfig(env), { ...env, SALVOR_TOTP_BOB_FILE: path })
  expect(redact('store-secret')).toBe('***')
})
