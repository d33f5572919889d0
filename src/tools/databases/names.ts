import type pg from 'pg'
import type { TargetAddress } from '../../ports/content-tools.ts'
import { withAdmin } from './admin-session.ts'

/** PostgreSQL cuts longer names silently, and a cut name may be another database's. */
export const NAME_BYTES = 63

export interface FreeNames {
  readonly side: string
  readonly old: string
  readonly undone: string
}

/** `<db>_side_<n>` and `<db>_old_<n>` with the smallest n that is free for both, and a free `<db>_undone_<n>`. */
export async function findFreeNames(target: TargetAddress, database: string): Promise<FreeNames> {
  const taken = await withAdmin(target, listNames)
  const first = (isFree: (names: FreeNames) => boolean): FreeNames => {
    for (let n = 1; ; n += 1) {
      const names = nameAll(database, n)
      if (isFree(names)) return names
    }
  }
  const { side, old } = first((names) => !taken.has(names.side) && !taken.has(names.old))
  return { side, old, undone: first((names) => !taken.has(names.undone)).undone }
}

/** The three names for a number; a long database name is shortened by whole characters so that they fit. */
export function nameAll(database: string, n: number): FreeNames {
  const withEnd = (end: string) => `${shorten(database, NAME_BYTES - Buffer.byteLength(end))}${end}`
  return { side: withEnd(`_side_${n}`), old: withEnd(`_old_${n}`), undone: withEnd(`_undone_${n}`) }
}

function shorten(text: string, bytes: number): string {
  let kept = ''
  for (const character of text) {
    if (Buffer.byteLength(kept + character) > bytes) break
    kept += character
  }
  return kept
}

async function listNames(client: pg.Client): Promise<Set<string>> {
  const { rows } = await client.query<{ name: string }>('SELECT datname::text AS name FROM pg_database')
  return new Set(rows.map((row) => row.name))
}
