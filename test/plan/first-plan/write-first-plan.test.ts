import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Discovery } from '../../../src/domain/discovery.ts'
import { nameSystem } from '../../../src/plan/first-plan/name-system.ts'
import { writeFirstPlan } from '../../../src/plan/first-plan/write-first-plan.ts'
import { writeEnvExample, writeGrants, writeSudoers } from '../../../src/plan/first-plan/write-side-files.ts'
import { parsePlanText } from '../../../src/plan/parse-plan.ts'

const nothing: Discovery = {
  role: null,
  serverVersion: null,
  databases: [],
  dumpFolders: [],
  stanzas: [],
  units: [],
  people: [],
  notes: [],
}
const shop: Discovery = {
  ...nothing,
  databases: [
    { name: 'Orders', sizeBytes: 1.2e9, owner: 'shop' },
    { name: 'crm', sizeBytes: 3e6, owner: 'shop' },
  ],
  dumpFolders: [{ path: '/srv/backups/orders', archives: 3, newest: '2026-03-01T00:00:00Z' }],
  stanzas: [{ name: 'main', backups: 2 }],
  units: [{ name: 'orders-api.service', description: 'Orders API' }],
  people: [{ id: 'U0ALICE', name: 'Alice' }],
}
const parse = (found: Discovery) => parsePlanText({ text: writeFirstPlan(found), path: 'salvor.yaml' })

describe('a first plan', () => {
  it('is a plan, with a system for each database and service that was found', () => {
    const plan = parse(shop)
    expect(Object.keys(plan.systems)).toEqual(['orders-db', 'crm-db', 'orders-api'])
    expect(plan.systems['orders-db']).toMatchObject({
      kind: 'postgres',
      backups: [
        { kind: 'pg_dump', path: '/srv/backups/orders' },
        { kind: 'pgbackrest', stanza: 'main' },
      ],
    })
    expect(plan.procedures['full-recovery']?.steps).toEqual([
      { restore: 'orders-db' },
      { restore: 'crm-db' },
      { restart: 'orders-api' },
    ])
  })

  it('gives nobody a right: people are comments', () => {
    const plan = parse(shop)
    expect(Object.values(plan.roles).flatMap(({ users, groups }) => [...users, ...groups])).toEqual([])
    expect(writeFirstPlan(shop)).toContain('#   alice: { slack: U0ALICE }   # Alice')
  })

  it('is a plan also when nothing was found', () => {
    expect(parse(nothing).systems).toEqual({})
  })

  it('tells editors where its schema is', () => {
    expect(writeFirstPlan(nothing)).toMatch(/^# yaml-language-server: \$schema=/)
  })

  it('says what could not be looked at', () => {
    expect(writeFirstPlan({ ...nothing, notes: ['systemd could not be looked at: no bus'] })).toContain(
      '# Note: systemd',
    )
  })

  it('stays a plan whatever databases, units and people are called', () => {
    const text = fc.string({ minLength: 1, maxLength: 40, unit: 'binary' })
    const unit = fc.stringMatching(/^[A-Za-z0-9][\w@.:-]{0,30}\.service$/)
    const found = fc.record({
      databases: fc.uniqueArray(fc.record({ name: text, sizeBytes: fc.nat(), owner: text }), {
        selector: ({ name }) => nameSystem(name, 'db'),
        maxLength: 4,
      }),
      units: fc.uniqueArray(fc.record({ name: unit, description: text }), {
        selector: ({ name }) => nameSystem(name),
        maxLength: 6,
      }),
      people: fc.array(fc.record({ id: fc.constant('U0X'), name: text }), { maxLength: 4 }),
      dumpFolders: fc.array(fc.record({ path: text, archives: fc.nat(), newest: text }), { maxLength: 2 }),
      notes: fc.array(text, { maxLength: 2 }),
    })
    fc.assert(
      fc.property(found, (some) => {
        const names = [
          ...some.databases.map(({ name }) => nameSystem(name, 'db')),
          ...some.units.map(({ name }) => nameSystem(name)),
        ]
        fc.pre(new Set(names).size === names.length)
        expect(Object.keys(parse({ ...nothing, ...some }).systems)).toHaveLength(
          some.databases.length + Math.min(3, some.units.length),
        )
      }),
    )
  })
})

describe('the files beside it', () => {
  it('name the variables of the plan and hold no values', () => {
    const variables = [...writeFirstPlan(shop).matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name)
    for (const name of variables) expect(writeEnvExample(shop)).toContain(`${name}=`)
  })

  it('let a role that is no superuser do what a restore needs', () => {
    expect(writeGrants(shop)).toContain('CREATE ROLE salvor_admin LOGIN CREATEDB;')
    expect(writeGrants({ ...shop, databases: [{ name: 'x', sizeBytes: 0, owner: 'o"x' }] })).toContain(
      'GRANT "o""x" TO',
    )
  })

  it('let a worker touch only the units of the plan', () => {
    expect(writeSudoers(shop).match(/systemctl \w+ \S+/g)).toEqual([
      'systemctl restart orders-api.service',
      'systemctl stop orders-api.service',
      'systemctl start orders-api.service',
    ])
    expect(writeSudoers({ ...shop, units: [{ name: 'a b\nALL', description: '' }] })).not.toContain('ALL\n')
  })
})

it.each([
  ['Orders', 'db', 'orders-db'],
  ['orders_db', 'db', 'orders-db'],
  ['Küche 7', '', 'kuche-7'],
  ['---', 'db', 'system-db'],
  ['2024', '', 'system-2024'],
  ['true', '', 'system-true'],
  ['orders-api.service', '', 'orders-api'],
])('%j as a system with the ending %j is %s', (name, ending, wanted) => {
  expect(nameSystem(name, ending)).toBe(wanted)
})
