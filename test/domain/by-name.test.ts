import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { byName } from '../../src/domain/by-name.ts'
import { databasePropertiesSchema } from '../../src/domain/database-properties.ts'
import { listPropertyDifferences } from '../../src/domain/property-differences.ts'
import { writeCarryStatements } from '../../src/tools/databases/carry-properties.ts'

const names = ['__proto__', 'constructor', 'toString', 'valueOf', 'hasOwnProperty']
const written = `{${names.map((name) => `"${name}": ["work_mem=1MB"]`).join(', ')}}`

const properties = (roleSettings: string) =>
  databasePropertiesSchema.parse({
    ...{ owner: 'app', acl: null, connectionLimit: -1, comment: null, encoding: 'UTF8', collate: 'C', ctype: 'C' },
    ...{ provider: 'libc', locale: null, icuRules: null, collationVersion: null, libraryVersion: null },
    ...{ tablespace: 'pg_default', isTemplate: false, settings: [], roleSettings: JSON.parse(roleSettings) },
  })

describe('a map by names that others gave', () => {
  it('keeps names that plain objects know, there and back through JSON', () => {
    const read = byName(z.array(z.string())).parse(JSON.parse(written))
    expect(Object.keys(read)).toEqual(names)
    expect(JSON.parse(JSON.stringify(read))).toEqual(JSON.parse(written))
    expect(byName(z.number()).parse({}).constructor).toBeUndefined()
  })

  it.each([
    ['of a wrong value', { a: 'x' }],
    ['of a list', []],
    ['of nothing', null],
  ])('refuses one %s', (_, value) => {
    expect(byName(z.number()).safeParse(value).success).toBe(false)
  })

  it('carries the settings of roles with such names, and tells them apart', () => {
    const [with5, without] = [properties(written), properties('{}')]
    expect(listPropertyDifferences(without, with5).map(({ what }) => what)).toHaveLength(names.length)
    expect(listPropertyDifferences(with5, with5)).toEqual([])
    const carried = writeCarryStatements({
      ...{ database: 'orders', wanted: with5, wantedGrants: [], presentGrantees: [], presentSettingRoles: [] },
      asThemselves: false,
    })
    for (const name of names)
      expect(carried.filter((one) => one.includes(`ALTER ROLE "${name}" IN DATABASE`))).toHaveLength(1)
  })
})
