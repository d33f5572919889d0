import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SteppedJob } from '../../support/step-context.ts'
import { createShop, type Shop } from './rig.ts'

let shop: Shop
beforeEach(async () => {
  shop = await createShop()
})
afterEach(() => shop.drop())

const approve = async (job: SteppedJob) => job.run('commit', { approved: await job.evidence('commit') })

describe('tricks', () => {
  it.each([
    ['a COMMIT of its own', 'DELETE FROM orders; COMMIT; SELECT 1'],
    ['a COMMIT behind a comment', 'DELETE FROM orders /* ; */ ;COMMIT;--'],
    ['a nested comment', 'DELETE FROM orders; /* /* */ ; */ COMMIT'],
  ])('are refused before anything runs: %s', async (_, sql) => {
    await expect(shop.fix(sql).run('look')).rejects.toMatchObject({ code: 'remedy_refused' })
  })

  it.each([
    ['a COMMIT inside a block', 'DELETE FROM orders; DO $$ BEGIN DELETE FROM orders; COMMIT; END $$'],
    ['a COMMIT that is executed', "DELETE FROM orders; DO $$ BEGIN EXECUTE 'COMMIT'; END $$"],
    [
      'a procedure that commits',
      'CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN DELETE FROM orders; COMMIT; END $$; CALL p()',
    ],
    [
      'a text for another reading of backslashes',
      "SELECT set_config('standard_conforming_strings', 'off', false); SELECT '\\'; COMMIT; --'",
    ],
  ])('come to nothing at the server: %s', async (_, sql) => {
    const before = await shop.fingerprint()
    const job = shop.fix(sql)
    await expect(job.runUpTo('rehearse')).rejects.toMatchObject({ name: 'SalvorError' })
    expect(await shop.fingerprint()).toBe(before)
  })

  it('data that looks like a command is data', async () => {
    const job = shop.fix(`UPDATE customers SET name = $$';COMMIT;--$$ WHERE id = 1`)
    await job.runUpTo('rehearse')
    await approve(job)
    expect(await shop.sql('SELECT name FROM customers WHERE id = 1')).toEqual([{ name: "';COMMIT;--" }])
  })
})
