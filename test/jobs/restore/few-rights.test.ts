import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSession } from '../../../src/tools/postgres-session.ts'
import { adminUrl, runSql, urlOf } from '../../support/postgres.ts'
import { realTools } from '../../support/step-context.ts'
import { createOrders, type Orders } from './rig.ts'

const tag = randomBytes(3).toString('hex')
const owner = `few_owner_${tag}`
const dba = { name: `few_dba_${tag}`, password: 'dba-secret' }
const hand = { name: `few_hand_${tag}`, password: 'hand-secret' }
let orders: Orders
beforeEach(async () => {
  await runSql(adminUrl(), `CREATE ROLE ${owner} LOGIN`)
  await runSql(
    adminUrl(),
    `CREATE ROLE ${dba.name} LOGIN CREATEDB PASSWORD '${dba.password}' IN ROLE ${owner}, pg_signal_backend, pg_read_all_data, pg_monitor`,
  )
  await runSql(adminUrl(), `CREATE ROLE ${hand.name} LOGIN PASSWORD '${hand.password}' IN ROLE ${owner}`)
  // Before its dump: a check whose function tells who runs it.
  orders = await createOrders({
    owner,
    more: `CREATE FUNCTION told(int) RETURNS boolean LANGUAGE plpgsql AS $f$ BEGIN
             CREATE TABLE IF NOT EXISTS public.who AS SELECT current_user::text AS role, session_user::text AS login; RETURN true; END $f$;
           CREATE TABLE trap (n int); INSERT INTO trap VALUES (1); ALTER TABLE trap ADD CHECK (told(n)); DROP TABLE who;
           ALTER TABLE trap OWNER TO ${owner}; ALTER FUNCTION told OWNER TO ${owner}`,
  })
})
afterEach(async () => {
  await orders.drop()
  for (const role of [dba.name, hand.name, owner]) {
    await runSql(adminUrl(), `DROP OWNED BY ${role}`)
    await runSql(adminUrl(), `DROP ROLE ${role}`)
  }
})

describe('roles of few rights', () => {
  it('load, prove and switch; code of the backup runs as the one that owns nothing and creates nothing', async () => {
    const job = orders.restore({ url: urlOf(orders.database.name, hand), adminUrl: urlOf('postgres', dba) })
    await job.runUpTo('load')
    const { side } = job.outputOf('load') as { side: string }
    expect(await runSql(urlOf(side), 'SELECT login FROM who')).toEqual([{ login: hand.name }])
    await runSql(urlOf(side), 'DROP TABLE who')
    await job.runUpTo('verify')
    await job.run('switch', { approved: await job.evidence('switch') })
    expect(await runSql(orders.database.url, 'SELECT count(*)::int AS n FROM orders')).toEqual([{ n: 500 }])
  })
})

it('preflight lists what of a backup only a superuser can load', async () => {
  await runSql(
    orders.database.url,
    `CREATE FUNCTION seen() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
     CREATE EVENT TRIGGER "watch it" ON ddl_command_end EXECUTE FUNCTION seen();
     CREATE FOREIGN DATA WRAPPER elsewhere`,
  )
  const session = { step: `backup-${tag}/dump`, fence: 2 }
  await realTools().archives.dump({
    target: { system: 'orders-db', url: orders.database.url, adminUrl: adminUrl(), session },
    folder: orders.folder,
    jobs: 1,
    signal: new AbortController().signal,
  })
  const job = orders.restore({ params: { system: 'orders-db', backup: 'latest' } })
  await job.runUpTo('preflight')
  const { findings } = job.outputOf('preflight') as { findings: string[] }
  const [listed = ''] = findings.filter((one) => one.includes('watch it'))
  expect(listed).toContain('event trigger watch it')
  expect(listed).toContain('foreign data wrapper elsewhere')
})

describe('a superuser is refused by every session, unless the plan says why', () => {
  const open = (url: string) =>
    openSession({ system: 'orders-db', url, session: { step: `look-${tag}`, fence: 1, refusesSuperuser: true } })
  const refused = { code: 'target_superuser' }

  it('by name', async () => {
    await expect(open(adminUrl())).rejects.toMatchObject(refused)
    await expect(open(orders.database.url)).rejects.toMatchObject(refused)
  })

  it('by a membership, direct or through others, and by the files and programs of the server', async () => {
    for (const role of ['postgres', 'pg_execute_server_program', 'pg_write_server_files', 'pg_read_server_files']) {
      const between = `few_between_${tag}`
      await runSql(adminUrl(), `CREATE ROLE ${between} IN ROLE ${role}`)
      await runSql(adminUrl(), `GRANT ${between} TO ${hand.name}`)
      await expect(open(urlOf('postgres', hand))).rejects.toMatchObject(refused)
      await runSql(adminUrl(), `DROP ROLE ${between}`)
    }
    await (await open(urlOf('postgres', hand))).end()
  })
})
