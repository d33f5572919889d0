import { mkdtempSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { createOrders, type Orders } from '../../../sandbox/scenario/index.ts'
import { bootLab, type Lab, whyNoLab } from '../../support/lab.ts'
import { adminUrl, dropDatabase, runSql } from '../../support/postgres.ts'
import { until } from '../../support/until.ts'

/** Where this checkout lies: below /tmp the lab would not see it, and neither would the service. */
const home = fileURLToPath(new URL('../../..', import.meta.url))
const NAME = `orders_unit_${process.pid}`

describe.skipIf(whyNoLab() !== undefined)('orders-api as a systemd unit', () => {
  let orders: Orders
  let lab: Lab

  beforeAll(async () => {
    const dir = mkdtempSync(join(inject('runFolder'), 'unit-'))
    orders = await createOrders({ adminUrl: adminUrl(), dir, scale: 0.001, name: NAME, endsWith: 0 })
    await orders.control('stop')
    const unit = readFileSync(new URL('../../../sandbox/scenario/service/orders-api.service', import.meta.url), 'utf8')
    lab = await bootLab({ units: { 'orders-api.service': unit.replaceAll('/srv/orders', dir) }, shares: [dir, home] })
  })
  afterAll(async () => {
    await lab?.stop()
    await orders?.control('stop')
    await dropDatabase(NAME)
  })

  const show = async (property: string) =>
    (await lab.exec(['systemctl', 'show', '--value', '-p', property, 'orders-api'])).output.trim()
  const health = async () => (await fetch(`${orders.apiUrl}/healthz`)).status

  test('it starts, is healthy, and a restart makes it another process', async () => {
    await lab.exec(['systemctl', 'start', 'orders-api'])
    await until('health', async () => (await health()) === 200)
    const before = await show('InvocationID')
    await lab.exec(['systemctl', 'restart', 'orders-api'])
    await until('health again', async () => (await health()) === 200)
    expect(await show('InvocationID')).not.toBe(before)
    expect(await show('ActiveState')).toBe('active')
  })

  test('stopping it is a clean exit, not a kill', async () => {
    await lab.exec(['systemctl', 'stop', 'orders-api'])
    expect([await show('Result'), await show('ExecMainStatus')]).toEqual(['success', '0'])
  })

  test('on a schema it was not written for it fails, and the journal says why', async () => {
    await runSql(orders.database.appUrl, 'ALTER TABLE orders RENAME COLUMN status TO state')
    expect((await lab.exec(['systemctl', 'start', 'orders-api'])).code).toBe(0)
    await until('the failure', async () => (await show('ActiveState')) === 'failed')
    const journal = await lab.exec(['journalctl', '-u', 'orders-api', '-o', 'cat'])
    expect(journal.output).toContain('cannot start: column orders.status is missing')
  })
})
