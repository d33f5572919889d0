import { existsSync, readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { restore } from '../../../jobs/restore/index.ts'
import type { JsonObject } from '../../../src/domain/json.ts'
import { type Stanza, startStanza, whyNoStanza } from '../../support/stanza.ts'
import { stepJob } from '../../support/step-context.ts'

let stanza: Stanza
let count = 0

const start = (params: JsonObject = {}, beganAt: string | null = null) => {
  count += 1
  const { url, entry } = stanza
  const adminUrl = url.replace(/orders$/, 'postgres')
  const id = `restore-br${count}`
  return stepJob({
    kind: restore,
    id,
    url,
    adminUrl,
    backups: [entry],
    beganAt,
    params: { system: 'orders-db', ...params },
  })
}
const countOrders = async () => Number((await stanza.sql('SELECT count(*) FROM orders'))[0]?.count)
const scratchNames = () =>
  (existsSync(stanza.scratch) ? readdirSync(stanza.scratch) : []).filter((one) => !one.startsWith('.'))

describe.skipIf(whyNoStanza() !== undefined)('a restore from a backup of the cluster', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    stanza = await startStanza()
  }, 120_000)
  afterAll(() => stanza?.stop())

  test('is brought up beside, proven against what it held, and switched', async () => {
    const full = await stanza.backup('full')
    await stanza.sql(`INSERT INTO orders VALUES (501, 1, 1)`)
    const incr = await stanza.backup('incr')
    await stanza.sql(`DELETE FROM orders WHERE id <= 100; UPDATE customers SET name = 'broken' WHERE id <= 3`)

    const job = start({ backup: incr })
    await job.runUpTo('recover')
    expect(job.outputOf('recover')).toMatchObject({
      copied: { point: { id: incr, origin: 'own', rows: 551 }, type: 'incr', moment: null },
    })
    expect(await countOrders()).toBe(401)
    await job.runUpTo('verify')
    const subject = await job.evidence('switch')
    expect(subject.unproven).toBe('none')
    expect(subject.binds).toMatchObject({ backup: incr, origin: 'own' })
    expect(subject.loss?.tables).toMatchObject([
      { table: 'public.customers', changed: 3 },
      { table: 'public.orders', gone: 100 },
    ])
    await job.run('switch', { approved: subject })
    expect(await countOrders()).toBe(501)
    expect(restore.report(job.view)).toMatchObject({ undo: true, recovers: true })
    expect(scratchNames()).toEqual([])

    // The one before it, which the chain stands on, is as good.
    const older = start({ backup: full })
    await older.runUpTo('verify')
    expect(older.outputOf('verify')).toMatchObject({ unproven: [], rows: { 'public.orders': 500 } })
    expect(await older.cleanUp('recover')).toEqual([])
    expect(await older.cleanUp('create')).toEqual([])
    expect(scratchNames()).toEqual([])
  })
})
