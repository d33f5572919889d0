import { afterEach, beforeEach, expect, it } from 'vitest'
import { type PgProxy, startPgProxy } from '../../support/pg-proxy.ts'
import { adminUrl } from '../../support/postgres.ts'
import { createShop, rejectsInTable, type Shop } from './rig.ts'

let shop: Shop
let proxy: PgProxy
beforeEach(async () => {
  shop = await createShop()
  proxy = await startPgProxy(adminUrl())
})
afterEach(async () => {
  await proxy.close()
  await shop.drop()
})

const widen = 'ALTER TABLE contacts ALTER COLUMN phone TYPE varchar(24); DELETE FROM orders WHERE id <= 10'

/** Where the connection of a commit breaks, in the order of its statements. */
it.each([
  ['hold', 'the transaction begins', /^BEGIN$/, 'no'],
  ['after', 'its number is known', /pg_current_xact_id\(\)::text AS xid, current_setting/, 'no'],
  ['after', 'a statement of the remedy', /^DELETE FROM orders/, 'no'],
  ['after', 'a rejected row is loaded', /^INSERT INTO "contacts"/, 'no'],
  ['after', 'the loaded ones are taken out', /^DELETE FROM "public"."rejects"/, 'no'],
  ['hold', 'the COMMIT, before it arrives', /^COMMIT$/, 'no'],
  ['after', 'the COMMIT, before its answer', /^COMMIT$/, 'yes'],
] as const)(
  'a connection that breaks (%s) at %s leaves all of it or nothing, and says which',
  async (kind, _, at, done) => {
    const url = proxy.through(shop.database.url)
    const job = shop.fix(widen, { url, migrations: rejectsInTable, table: 'contacts' })
    await job.runUpTo('rehearse')
    const approved = await job.evidence('commit')
    const before = await shop.fingerprint()
    const held = proxy[kind](at, /commit/)
    const running = job.run('commit', { approved })
    const broken = expect(running).rejects.toMatchObject({ code: 'target_lost' })
    await held
    proxy.cut()
    await broken
    // What is still at work at the server is ended before anybody asks, as the engine does.
    await expect.poll(async () => (await job.isDone('commit')).done).toBe(done)
    if (done === 'no') {
      expect(await shop.fingerprint()).toBe(before)
      await job.run('commit', { approved: await job.evidence('commit') })
    }
    expect(
      await shop.sql('SELECT (SELECT count(*)::int FROM orders) AS o, (SELECT count(*)::int FROM contacts) AS c'),
    ).toEqual([{ o: 190, c: 2 }])
  },
)
