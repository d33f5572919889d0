import type { TocEntry } from './toc.ts'

/** Kinds of entries, as `pg_restore -l` prints them, that PostgreSQL lets nobody but a superuser create. */
const kinds = [
  'EVENT TRIGGER',
  'FOREIGN DATA WRAPPER',
  'OPERATOR CLASS',
  'OPERATOR FAMILY',
  'ACCESS METHOD',
  'PROCEDURAL LANGUAGE',
  'PUBLICATION TABLES IN SCHEMA',
  'TEXT SEARCH PARSER',
  'TEXT SEARCH TEMPLATE',
]

/** What of an archive a role of few rights cannot load, each as kind and name: known before the load stops at it. */
export function listSuperuserOnly(entries: readonly TocEntry[]): string[] {
  return entries.flatMap(({ words }) => {
    const text = words.join(' ')
    const kind = kinds.find((one) => text.startsWith(`${one} `))
    if (kind === undefined) return []
    // Behind the kind: schema (`-` for none), name, owner.
    const name = text
      .slice(kind.length + 1)
      .split(' ')
      .slice(1, -1)
      .join(' ')
    return [`${kind.toLowerCase()} ${name}`]
  })
}
