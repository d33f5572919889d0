import { describe, expect, it } from 'vitest'
import type { Held } from '../support/pg-proxy.ts'
import {
  approveAs,
  askForRestore,
  awaitCard,
  damage,
  type FaultNight,
  nextRestore,
  seeThrough,
  useFaultNight,
} from './support/fault-night.ts'
import { expectOneTruth } from './support/one-truth.ts'

/** Statements of the switch up to its COMMIT, in their order. */
const before: [string, RegExp][] = [
  ['look at the server', /pg_control_system/],
  ['look at the places', /FROM pg_database WHERE oid/],
  ['read the properties', /pg_db_role_setting/],
  ['look for prepared transactions', /pg_prepared_xacts/],
  ['close the door', /ALLOW_CONNECTIONS false$/],
  ['look for sessions', /coalesce\(usename, backend_type\)/],
  ['begin to count', /^BEGIN ISOLATION/],
  ['read the marks of tables', /pg_stat_get_tuples_inserted/],
  ['open the transaction', /^BEGIN$/],
  ['rename live', /RENAME TO "orders_\w+_old_\d+"$/],
  ['rename side', /^ALTER DATABASE "orders_\w+_side_\d+" RENAME TO/],
  ['give the owner', /OWNER TO/],
  ['take privileges', /^REVOKE ALL ON DATABASE/],
  ['give privileges', /^GRANT /],
  ['reset settings', /^ALTER DATABASE "\w+" RESET ALL$/],
  ['give settings', /^ALTER DATABASE "\w+" SET /],
  ['give role settings', /^ALTER ROLE /],
  ['give the comment', /^COMMENT ON DATABASE "orders_[0-9a-f]+" /],
  ['give limits', /ALLOW_CONNECTIONS true CONNECTION LIMIT/],
  ['seal', /ALLOW_CONNECTIONS false CONNECTION LIMIT 0/],
  ['mark the seal', /^COMMENT ON DATABASE "orders_\w+_old_\d+"/],
]

/** Arms a trap for a statement of the switch itself: what looks at the evidence before asks much the same. */
async function trap(night: FaultNight, job: string, kind: 'hold' | 'after', ...path: RegExp[]): Promise<Held> {
  const last = path.at(-1) ?? /^/
  const recorded = await night.front.hold(/move_step.*\brecords\b/, new RegExp(`^salvor:lease:${job}/switch$`))
  let passing = recorded
  for (const one of path.slice(0, -1)) {
    const next = night.target.after(one, new RegExp(`^salvor:${job}/switch:`))
    passing.release()
    passing = await next
  }
  const reached = night.target[kind](last, new RegExp(`^salvor:${job}/switch:`))
  passing.release()
  return reached
}

describe('kill -9 of the runner during the switch', { timeout: 300_000 }, () => {
  const tonight = useFaultNight()

  it.each(before)(
    'before «%s», and after it in the next attempt: nothing has happened, a new card asks',
    async (_, sql) => {
      const night = tonight()
      const job = await nextRestore(night)
      const found = await damage(night)
      await askForRestore(night, job)
      let card = await awaitCard(night, job)
      for (const kind of ['hold', 'after'] as const) {
        const reached = trap(night, job, kind, sql)
        await approveAs(night, 'bob', card.code)
        const held = await reached
        await night.kill('runner', job)
        held.drop()
        card = await awaitCard(night, job, card.id)
      }
      expect(await seeThrough(night, job)).toBe('succeeded')
      await expectOneTruth(night, { job, ...found })
    },
  )

  const sealed = /^COMMENT ON DATABASE "orders_\w+_old_\d+"/
  const closing: [string, 'hold' | 'after', RegExp[], boolean][] = [
    ['before «commit»: nothing has happened', 'hold', [sealed, /^COMMIT$/], false],
    ['after «commit»: it has happened', 'after', [sealed, /^COMMIT$/], true],
    ['before the properties are compared: it has happened', 'hold', [sealed, /^COMMIT$/, /pg_db_role_setting/], true],
    ['after the properties were compared: it has happened', 'after', [sealed, /^COMMIT$/, /pg_db_role_setting/], true],
  ]
  it.each(closing)('%s', async (_, kind, path, happened) => {
    const night = tonight()
    const job = await nextRestore(night)
    const found = await damage(night)
    await askForRestore(night, job)
    const card = await awaitCard(night, job)
    const reached = trap(night, job, kind, ...path)
    await approveAs(night, 'bob', card.code)
    const held = await reached
    await night.kill('runner', job)
    held.drop()
    expect(await seeThrough(night, job)).toBe('succeeded')
    await expectOneTruth(night, { job, ...found })
    const asked = await night.query('SELECT 1 FROM salvor.approvals WHERE job = $1', [job])
    expect(asked).toHaveLength(happened ? 1 : 2)
  })

  /** What the runner tells the store, before and after the server of the store took it. */
  const told: [string, 'hold' | 'after', RegExp, number][] = [
    ['before the approval is used', 'hold', /salvor\.start_step/, 1],
    ['after the approval was used, before that is committed', 'after', /salvor\.start_step/, 1],
    ['before the intent is recorded', 'hold', /move_step.*\brecords\b/, 2],
    ['after the intent was recorded, before that is committed', 'after', /move_step.*\brecords\b/, 2],
    ['before it says that it is done', 'hold', /move_step.*\boutput\b/, 1],
    ['after it said that it is done, before that is committed', 'after', /move_step.*\boutput\b/, 1],
  ]
  it.each(told)('%s', async (_, kind, sql, cards) => {
    const night = tonight()
    const job = await nextRestore(night)
    const found = await damage(night)
    await askForRestore(night, job)
    const card = await awaitCard(night, job)
    const reached = night.front[kind](sql, new RegExp(`^salvor:lease:${job}/switch$`))
    await approveAs(night, 'bob', card.code)
    const held = await reached
    await night.kill('runner', job)
    held.drop()
    expect(await seeThrough(night, job)).toBe('succeeded')
    await expectOneTruth(night, { job, ...found })
    const asked = await night.query('SELECT 1 FROM salvor.approvals WHERE job = $1', [job])
    expect(asked).toHaveLength(cards)
  })
})
