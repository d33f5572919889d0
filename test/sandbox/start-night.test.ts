import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Night } from '../../sandbox/start-night.ts'
import { channel, openNight, type TestNight } from '../support/night.ts'

describe('a night that begins anew with another story', () => {
  let opened: TestNight
  let night: Night

  beforeAll(async () => {
    opened = await openNight({ watched: true })
    // The copy that tests get holds the first shop for good.
    night = opened.night
    await night.start('serve')
    await night.slack.as('alice').says('/recover open Orders lost --severity 1', { channel })
    await night.slack.waitFor('a root message', () => night.slack.messages(channel).find((one) => one.byBot))
    await night.reset('wrong-mapping', () => {})
  })

  afterAll(() => opened.close())

  it('has forgotten what was said, in Slack and in the store', async () => {
    expect(night.slack.messages(channel)).toEqual([])
    const tables = await opened.query("SELECT FROM pg_tables WHERE schemaname IN ('salvor', 'bullmq')")
    expect(tables).toEqual([])
  })

  it('has that story for a patient: the service is up, and values differ', async () => {
    const state = await night.patient?.look()
    expect(state?.services[0]?.health).toBe('good')
    expect(state?.tables.find(({ name }) => name === 'orders')?.health).toBe('bad')
  })

  it('has one shop, made anew', async () => {
    expect(await opened.databases()).toEqual([opened.database])
    expect(existsSync(join(night.orders.dir, 'salvor.yaml'))).toBe(true)
  })

  it('counts incidents from the first again', async () => {
    await night.start('serve')
    await night.slack.as('bob').says('/recover open Wrong amounts --severity 1', { channel })
    const root = await night.slack.waitFor('a root message', () =>
      night.slack.messages(channel).find((one) => one.byBot),
    )
    expect(root.text).toMatch(/#1 Wrong amounts/)
    expect(night.slack.violations).toEqual([])
  })
})
