import pg from 'pg'
import type { RowsOutcome } from '../../../domain/repair.ts'
import type { LineTable, RowLine } from '../../content/repair/row-lines.ts'

/** Sequences that fill a column in, and would next give a value that stands in it already. */
export async function findBehind(
  client: pg.Client,
  tables: readonly LineTable[],
  lines: readonly RowLine[],
): Promise<RowsOutcome['behind']> {
  const behind: RowsOutcome['behind'] = []
  for (const [t, table] of tables.entries()) {
    // Only rows that came can stand before a sequence that stood before them.
    if (!lines.some(({ note }) => note.t === t && note.w !== null && note.o === undefined)) continue
    for (const one of await listSequences(client, table.sqlName)) {
      const column = pg.escapeIdentifier(one.column)
      const { rows } = await client.query<{ at: string; highest: string }>(
        `SELECT s.last_value::text AS at, m.highest::text AS highest
           FROM ${one.sqlName} s, (SELECT max(${column})::numeric AS highest FROM ${table.from}) m
          WHERE m.highest >= s.last_value + CASE WHEN s.is_called THEN ${one.step} ELSE 0 END`,
      )
      for (const found of rows) behind.push({ sequence: one.name, column: `${table.name}.${one.column}`, ...found })
    }
  }
  return behind
}

interface Sequence {
  readonly name: string
  readonly sqlName: string
  readonly column: string
  readonly step: string
}

/** Ascending ones of columns of numbers: those that the column owns, and those that its default draws from. */
async function listSequences(client: pg.Client, table: string): Promise<Sequence[]> {
  const { rows } = await client.query<Sequence & { schema: string; relation: string }>(
    `SELECT DISTINCT n.nspname AS schema, c.relname AS relation, a.attname AS column, s.seqincrement::text AS step
       FROM pg_attribute a
       JOIN pg_type y ON y.oid = a.atttypid AND y.typcategory = 'N'
       JOIN (SELECT d.refobjid AS owner, d.refobjsubid AS number, d.objid AS sequence FROM pg_depend d
              WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
             UNION SELECT f.adrelid, f.adnum, d.refobjid FROM pg_attrdef f
               JOIN pg_depend d ON d.classid = 'pg_attrdef'::regclass AND d.objid = f.oid
                AND d.refclassid = 'pg_class'::regclass) u ON u.owner = a.attrelid AND u.number = a.attnum
       JOIN pg_class c ON c.oid = u.sequence AND c.relkind = 'S' JOIN pg_namespace n ON n.oid = c.relnamespace
       JOIN pg_sequence s ON s.seqrelid = c.oid AND s.seqincrement > 0
      WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped
        AND has_schema_privilege(n.oid, 'USAGE') AND has_sequence_privilege(c.oid, 'SELECT') ORDER BY 1, 2`,
    [table],
  )
  return rows.map(({ schema, relation, column, step }) => ({
    name: `${schema}.${relation}`,
    sqlName: `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(relation)}`,
    ...{ column, step },
  }))
}
