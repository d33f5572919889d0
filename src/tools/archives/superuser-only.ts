import type { TocEntry } from './toc.ts'

/** Kinds of entries that PostgreSQL lets nobody but a superuser create. */
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
  return entries.flatMap(({ kind, tag }) => (kinds.includes(kind) ? [`${kind.toLowerCase()} ${tag}`] : []))
}
