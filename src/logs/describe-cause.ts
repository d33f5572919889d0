import type { Place } from './analysis.ts'
import type { Label } from './codes/label.ts'

const sentences: { readonly [label in Label]: string } = {
  data_conversion: 'A value does not fit the type of its column',
  mapping_schema: 'Source and target do not have the same columns or types',
  constraint_violation: 'Rows break a constraint of the target',
  encoding: 'Text is not in the encoding that was declared',
  permission_auth: 'The migration was not allowed to do this, or could not log in',
  connectivity: 'The connection to a server failed',
  resource_disk_memory: 'Disk, memory or another limit was reached',
  lock_deadlock_timeout: 'It waited for a lock or ran out of time',
  missing_object: 'Something that it needs does not exist',
  duplicate_object: 'Something that it creates exists already',
  version_incompatibility: 'Versions or features of the two sides do not go together',
  syntax: 'A statement or a file could not be parsed',
  tool_internal: 'The tool itself failed',
  other: 'It failed for a reason of its own',
}

/** One sentence for people: what kind of failure, its code's name and its place; no row data. */
export function describeCause(label: Label, codeName: string | null, place: Place, isCertain: boolean): string {
  if (!isCertain) return 'Only what followed is in this log: the cause is not in it.'
  const where = [
    place.table === undefined ? '' : `table ${place.table}`,
    place.column === undefined ? '' : `column ${place.column}`,
    place.constraint === undefined ? '' : `constraint ${place.constraint}`,
    place.row === undefined ? '' : `row ${place.row}`,
  ].filter((part) => part !== '')
  const name = codeName === null ? '' : ` (${codeName.replaceAll('_', ' ')})`
  return `${sentences[label]}${name}${where.length > 0 ? `: ${where.join(', ')}` : ''}.`
}
