import type pg from 'pg'
import { writeName } from '../../../domain/object-name.ts'

interface Reference {
  readonly from: readonly string[]
  readonly to: readonly string[]
}

/** Tables so that each stands behind those to which its foreign keys refer, as far as there is such an order. */
export async function orderByReference(client: pg.ClientBase, tables: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<Reference>(
    `SELECT json_build_array(n.nspname, c.relname) AS from, json_build_array(m.nspname, d.relname) AS to
       FROM pg_constraint k
       JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
       JOIN pg_class d ON d.oid = k.confrelid JOIN pg_namespace m ON m.oid = d.relnamespace
      WHERE k.contype = 'f'`,
  )
  const refersTo = new Map<string, string[]>()
  for (const { from, to } of rows) {
    const name = writeName(from)
    refersTo.set(name, [...(refersTo.get(name) ?? []), writeName(to)])
  }
  const ordered = new Set<string>()
  const visit = (name: string, above: readonly string[]) => {
    if (ordered.has(name) || above.includes(name)) return
    for (const other of (refersTo.get(name) ?? []).toSorted()) visit(other, [...above, name])
    ordered.add(name)
  }
  for (const name of tables.toSorted()) visit(name, [])
  return [...ordered].filter((name) => tables.includes(name))
}
