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
    ['ending the sessions of others', 'SELECT pg_terminate_backend(pid) FROM pg_stat_activity'],
    [
      'the same, deep inside',
      'UPDATE orders SET total = (SELECT 1 WHERE "pg_catalog".pg_cancel_backend(1)) WHERE id = 1',
    ],
    ['waiting for locks for ever', `SELECT set_config('lock_timeout', '0', true)`],
    ['a setting whose name is only known when it runs', `SELECT set_config('lock_' || 'timeout', '0', true)`],
    ['another role', 'SET ROLE postgres'],
    ['another login', 'SET SESSION AUTHORIZATION postgres'],
    ['rights of a role', 'ALTER ROLE postgres SUPERUSER'],
    ['membership in a role', 'GRANT pg_execute_server_program TO CURRENT_USER'],
    ['a program of the server', `COPY orders TO PROGRAM 'cat > out'`],
    ['a file of the server', `SELECT pg_read_file('/etc/passwd')`],
    ['another server', `SELECT dblink_exec('host=other', 'DELETE FROM orders')`],
    ['foreign code', 'CREATE EXTENSION dblink'],
    ['a function in a language of the server', `CREATE FUNCTION f() RETURNS int LANGUAGE plpython3u AS 'return 1'`],
    ['a trigger on everybody', 'CREATE EVENT TRIGGER t ON ddl_command_start EXECUTE FUNCTION f()'],
    ['a lock that outlives the rollback', 'SELECT pg_advisory_lock(1)'],
    ['what somebody owns', 'REASSIGN OWNED BY postgres TO CURRENT_USER'],
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

  it('a sequence that the dry run moved is named, with where it stood', async () => {
    await shop.sql('CREATE SEQUENCE numbers; SELECT setval($$numbers$$, 41)')
    const job = shop.fix(`SELECT setval('numbers', 999999)`)
    await job.runUpTo('rehearse')
    const subject = await job.evidence('commit')
    expect(subject.lost).toMatch(/public\.numbers.*41.*999999/)
    expect(subject.binds.sequences).toEqual(['public.numbers'])
  })

  it('a sequence that others move meanwhile is not named', async () => {
    await shop.sql('CREATE SEQUENCE numbers; CREATE SEQUENCE others')
    const job = shop.fix(`UPDATE orders SET total = nextval('numbers') WHERE id = 1; SELECT pg_sleep(0.3)`)
    const moving = job.runUpTo('rehearse')
    for (let n = 0; n < 20; n += 1) await shop.sql(`SELECT nextval('others')`)
    await moving
    expect((await job.evidence('commit')).binds.sequences).toEqual(['public.numbers'])
  })

  it('a wait for a lock is short, also after a function took the limit away', async () => {
    await shop.sql(
      `CREATE FUNCTION patience() RETURNS text LANGUAGE sql AS $$ SELECT set_config('lock_timeout', '0', false) $$`,
    )
    const { withClient } = await import('../../support/postgres.ts')
    await withClient(shop.database.url, async (holder) => {
      await holder.query('BEGIN; LOCK TABLE customers')
      const job = shop.fix('SELECT patience(); UPDATE customers SET name = name')
      await expect(job.runUpTo('rehearse')).rejects.toMatchObject({ code: 'remedy_locked', facts: { number: 2 } })
    })
  })
})
