import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { createDatabase, runSql, type TestDatabase } from '../../support/postgres.ts'
import { compare, measure } from './rig.ts'

const SCHEMA = `
CREATE TABLE parent (id int PRIMARY KEY);
CREATE TABLE child (id int PRIMARY KEY, parent int, total int,
  CONSTRAINT child_total CHECK (total > 0) NOT ENFORCED,
  CONSTRAINT child_parent FOREIGN KEY (parent) REFERENCES parent NOT ENFORCED);
INSERT INTO parent VALUES (1);
INSERT INTO child VALUES (1, 1, 5), (2, 99, -1);`

let live: TestDatabase
let copy: TestDatabase
beforeEach(async () => {
  ;[live, copy] = await Promise.all([createDatabase(), createDatabase()])
  for (const { url } of [live, copy]) await runSql(url, SCHEMA)
})
afterEach(() => Promise.all([live.drop(), copy.drop()]))

// They came with PostgreSQL 18.
describe.skipIf(inject('serverMajor') < 18)('constraints that are not enforced', () => {
  test('are no difference, though rows break them: neither in live nor in a copy', async () => {
    const manifest = await measure(live)
    expect((await compare(live, manifest)).differing).toEqual([])
    expect((await compare(copy, manifest, { kinship: 'restored' })).differing).toEqual([])
  })

  test.each([
    [
      'DELETE FROM child WHERE id = 2; ALTER TABLE child ALTER CONSTRAINT child_parent ENFORCED',
      'public.child.child_parent',
    ],
    [
      'ALTER TABLE child DROP CONSTRAINT child_total; ALTER TABLE child ADD CONSTRAINT child_total CHECK (total > 0) NOT VALID',
      'public.child.child_total',
    ],
  ])('%s: is noticed by name', async (change, name) => {
    await runSql(live.url, 'DELETE FROM child WHERE id = 2')
    const manifest = await measure(live)
    for (const statement of change.split('; ')) await runSql(live.url, statement)
    expect((await compare(live, manifest)).differing.map((one) => one.name)).toContain(name)
  })
})
