import { readFileSync } from 'node:fs'
import { expect, inject, test } from 'vitest'
import { adminUrl, createDatabase, type TestDatabase } from '../../../support/postgres.ts'
import { run } from '../rig.ts'
import { across } from './rig.ts'

const ROWS = 2_000_000

/** Two equal databases of one large table. */
async function createTwins(): Promise<[TestDatabase, TestDatabase]> {
  const twins: [TestDatabase, TestDatabase] = [await createDatabase(), await createDatabase()]
  for (const one of twins) {
    await run(
      one,
      `CREATE TABLE big (id int PRIMARY KEY, note text);
       INSERT INTO big SELECT n, 'note ' || n FROM generate_series(1, ${ROWS}) AS n;
       ANALYZE big`,
    )
    await run({ url: adminUrl() }, `ALTER DATABASE "${one.name}" SET log_statement = 'all'`)
  }
  return twins
}

/** Statements that read the table's rows, as the server's log has them. */
function readStatements({ name }: TestDatabase): string[] {
  const lines = readFileSync(inject('postgresLog'), 'utf8').split(/\n(?=\S)/)
  return lines.filter(
    (line) =>
      line.includes(name) &&
      /(?:statement|execute [^:]*): (?:SELECT|DECLARE)[\s\S]*FROM ONLY "public"\."big"/.test(line),
  )
}

test('one updated, one deleted and one inserted row among two million are named with three statements a side, and a thousand scattered ones', async () => {
  const [here, there] = await createTwins()
  try {
    await run(
      here,
      `UPDATE big SET note = 'another' WHERE id = 1234567; DELETE FROM big WHERE id = 42; INSERT INTO big VALUES (${ROWS + 1}, 'new')`,
    )
    const before = [readStatements(here).length, readStatements(there).length]
    const { tables } = await across(here, there)
    expect(tables['public.big']).toMatchObject({
      ...{ inserted: 1, deleted: 1, changed: 1, columns: [{ column: 'note', rows: 1 }] },
      rows: { here: ROWS, there: ROWS },
    })
    expect(tables['public.big']?.keys.toSorted()).toEqual(['1234567', '2000001', '42'])
    // The second look, in a later snapshot, is a fourth.
    expect([here, there].map((one, at) => readStatements(one).length - (before[at] ?? 0))).toEqual([4, 4])

    await run(here, `UPDATE big SET note = note || '!' WHERE id % 2000 = 7`)
    const again = await across(here, there)
    expect(again.tables['public.big']).toMatchObject({ inserted: 1, deleted: 1, changed: 1001 })
  } finally {
    await Promise.all([here.drop(), there.drop()])
  }
})
