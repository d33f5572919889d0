import { describe, expect, it } from 'vitest'
import { jobRegister } from '../../jobs/index.ts'
import type { Card } from '../../src/domain/card.ts'
import type { Answer } from '../../src/engine/define-command.ts'
import type { Tools } from '../../src/ports/tools.ts'
import { fakePlan } from '../support/fakes/plan.ts'
import { fakePoint, standingOrders } from '../support/fakes/points.ts'
import { startTalk } from '../support/fakes/say.ts'
import { fakeJobView } from '../support/fakes/views.ts'

const plan = fakePlan({
  roles: { dba: { users: ['alice', 'bob'] }, sysadmin: { users: ['carol'] }, business: { users: ['dave'] } },
  systems: {
    'orders-db': {
      kind: 'postgres',
      owner: 'dba',
      url: 'postgres://shop:hunter2@localhost/orders',
      backups: [{ kind: 'pg_dump', path: 'backups/orders' }],
      checks: [{ name: 'paid orders kept', sql: 'SELECT count(*) FROM orders', expect: 7 }],
    },
    'orders-api': {
      kind: 'service',
      tier: 2,
      owner: 'sysadmin',
      needs: ['orders-db'],
      restart: ['/usr/bin/myctl', 'restart', 'orders', '--key', `\${API_KEY}`],
      health: { http: 'http://localhost/healthz' },
    },
  },
  procedures: {
    'full-recovery': {
      title: 'Bring orders back',
      steps: [
        { restore: 'orders-db' },
        { test: 'orders-db' },
        { manual: { title: 'call the vendor', owner: 'business' } },
        { restart: 'orders-api' },
      ],
    },
    later: { title: 'Not yet', steps: [{ redeploy: 'orders-api' }] },
  },
})

const talkTo = (of: { jobs?: ReturnType<typeof fakeJobView>[]; tools?: Tools } = {}) =>
  startTalk({ plan, deps: { jobs: jobRegister }, ...of })

const textOf = (answer: Answer): string => {
  if (answer.kind === 'quiet') throw new Error('it said nothing')
  return writeCard(answer.card)
}

const writeCard = (card: Card): string =>
  [
    card.headline,
    ...card.rows.map((row) => ('text' in row ? ('label' in row ? `${row.label} ${row.text}` : row.text) : '')),
  ].join('\n')

describe('a dry run', () => {
  it('tells every step with its order, owner, commands, risk, approval, lock and way back', async () => {
    const talk = talkTo()
    const text = textOf(await talk.says('dave', 'plan full-recovery'))
    expect(text).toMatch(/^Bring orders back · dry run of full-recovery/)
    expect(text).toMatch(/1\. restore orders-db · tier 1 · dba .*person:alice.* · starts at once · no estimate/)
    expect(text).toMatch(/Risk {2}destructive · locks database:orders-db/)
    expect(text).toMatch(/Approval {2}switch waits for 1 of .*person:alice.* or .*person:bob.*, but not whoever asked/)
    expect(text).toContain('ALTER DATABASE "orders" RENAME TO "orders_old_<n>"')
    expect(text).toMatch(/pg_restore --jobs=.* --dbname=dbname='orders_side_<n>' -- <backup>/)
    expect(text).toMatch(/Back {2}undo; orders_old_<n> is kept for 7d/)
    expect(text).toMatch(/2\. test orders-db .* after 1 /)
    expect(text).toContain('SELECT count(*) FROM orders;')
    expect(text).toMatch(/3\. call the vendor · business .*person:dave.* · after 1, 2/)
    expect(text).toMatch(/4\. restart orders-api · tier 2 · sysadmin .* after 1, 2, 3/)
    expect(text).toMatch(/Nothing was changed/)
  })

  it('shows secrets by their names alone', async () => {
    const text = textOf(await talkTo().says('dave', 'plan full-recovery'))
    expect(text).toContain(`/usr/bin/myctl restart orders --key \${API_KEY}`)
    expect(text).not.toContain('hunter2')
  })

  it('says where each estimate comes from: a job that was measured, else the manifest', async () => {
    const view = fakeJobView({
      id: 'restart-4',
      kind: 'restart',
      state: 'succeeded',
      params: { service: 'orders-api' },
    })
    const step = { startedAt: '2026-02-28T18:00:00.000Z', finishedAt: '2026-02-28T18:00:12.000Z' }
    const measured = { ...view, steps: [step, step] as never }
    const points = [fakePoint('d-0130', '2026-02-28T16:30:00.000Z', { predicted: { seconds: 252, from: 'manifest' } })]
    const tools = {
      backups: { pg_dump: { list: async () => points } },
      databases: { lookUp: async () => standingOrders },
    } as unknown as Tools
    const text = textOf(await talkTo({ jobs: [measured], tools }).says('alice', 'plan full-recovery'))
    expect(text).toMatch(/1\. restore .*about 4 min \(by the backup's manifest\)/)
    expect(text).toMatch(/4\. restart .*about 24 s \(measured by restart-4\)/)
    expect(text).toMatch(/4 steps, about 5 min, 2 of 4 steps without an estimate/)
  })

  it('asks for nothing', async () => {
    const talk = talkTo()
    await talk.says('alice', 'plan full-recovery')
    expect(talk.moves()).toEqual([])
  })

  it('names a step that this Salvor cannot do', async () => {
    expect(textOf(await talkTo().says('alice', 'plan later'))).toMatch(/1\. redeploy orders-api · ⚠ this Salvor cannot/)
  })

  it('of a procedure that is not there names the nearest', async () => {
    expect(textOf(await talkTo().says('alice', 'plan full-recover'))).toMatch(/Did you mean full-recovery/)
  })
})

describe('the plan without a procedure', () => {
  it('tells tiers, owners, needs and procedures', async () => {
    const text = textOf(await talkTo().says('dave', 'plan'))
    expect(text).toMatch(/Tier 1 orders-db · database · dba/)
    expect(text).toMatch(/Tier 2 orders-api · service · sysadmin · needs orders-db/)
    expect(text).toMatch(/full-recovery Bring orders back: restore orders-db → test orders-db → call the vendor/)
  })

  it('is told to people with a role only', async () => {
    expect(textOf(await talkTo().says('oscar', 'plan'))).toMatch(/no role/)
  })
})
