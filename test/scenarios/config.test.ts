import { readFileSync, statSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { lookAtConfig } from '../../sandbox/patient/look-at-config.ts'
import { lookAtService } from '../../sandbox/patient/look-at-service.ts'
import { inspectConfig } from '../../sandbox/scenario/index.ts'
import { channel, openNight, type TestNight, textOf } from '../support/night.ts'
import { until } from '../support/until.ts'
import { command } from './hear-refusal.ts'
import { restore } from './steer-restores.ts'

let night: TestNight

beforeAll(async () => {
  night = await openNight()
  await night.start('serve')
  await command(night, 'alice', 'open Orders lost after cut-over')
  await night.slack.waitFor('a root message', () => night.slack.messages(channel).find((one) => one.byBot))
})
afterAll(() => night?.close())

const succeed = (job: string) =>
  until(`${job} to succeed`, async () => (await night.jobState(job)) === 'succeeded', 60_000)

const cardOf = (job: string) =>
  night.slack
    .thread(channel, night.rootTs())
    .map(textOf)
    .find((text) => text.includes(`${job} · orders-api`))

it('puts the good version in the place of what the migration wrote, and shows the difference', async () => {
  const { path, good } = night.orders.config
  const broken = readFileSync(path, 'utf8')
  const { mode } = statSync(path)
  await command(night, 'carol', 'config orders-api')
  await succeed('config-1')
  expect(readFileSync(path, 'utf8')).toBe(readFileSync(good, 'utf8'))
  expect(statSync(path).mode).toBe(mode)
  expect(readFileSync(`${path}.salvor-config-1`, 'utf8')).toBe(broken)
  const card = await until('the card to end', () =>
    [cardOf('config-1')].find((one) => one?.includes('The old file is kept')),
  )
  expect(card).toContain('+phone: { longest: 24 }')
  expect(card).toContain('-phone: { longest: 12 }')
  const outcome = 'orders-api.yaml is v7 now (the newest that passes its test)'
  await until('the outcome', () => night.threadText().includes(outcome))
})

it('takes that back, and back again', async () => {
  const { path } = night.orders.config
  await command(night, 'carol', 'undo config-1')
  await succeed('config-2')
  expect(readFileSync(path, 'utf8')).toBe(readFileSync(`${path}.salvor-config-1`, 'utf8'))
  await command(night, 'carol', 'config orders-api --file orders-api.yaml --version v7')
  await succeed('config-3')
  expect(inspectConfig(night.orders).same).toBe(true)
})

it('has nothing to do the second time', async () => {
  await command(night, 'carol', 'config orders-api')
  await succeed('config-4')
  await until('the outcome', () => night.threadText().includes('v7 already'))
})

it('leaves a shop that is well once the database is back and the service restarted', async () => {
  expect(await restore(night)).toMatchObject({ state: 'awaiting_approval' })
  await command(night, 'bob', `approve restore-1 ${await night.cardCode('restore-1')}`)
  await succeed('restore-1')
  await command(night, 'carol', 'restart orders-api')
  await succeed('restart-1')
  expect(await lookAtService(night.orders)).toMatchObject({ health: 'good' })
  expect(lookAtConfig(night.orders)).toMatchObject([{ health: 'good' }])
  expect(night.slack.violations).toEqual([])
})
