/**
 * Facets that the server prints from its own form of an expression: after a dump and restore another text may mean the
 * same (`ANY ((ARRAY[...])::text[])`).
 */
export const printedFacets: ReadonlySet<string> = new Set([
  'definition',
  'default',
  'generated',
  'using',
  'check',
  'partition key',
  'partition bound',
  'tables',
])

/** Kinds whose definition is kept as somebody wrote it: another text is another definition. */
export const kindsAsWritten: ReadonlySet<string> = new Set(['function', 'procedure', 'window function'])
