import pg from 'pg'
import { nameObject, type ObjectDefinition } from '../../../../src/domain/definitions.ts'

/** One single change, and the object under whose name it must be noticed. */
export interface Mutation {
  readonly kind: string
  readonly sql: string
  /** As nameObject writes it, or its beginning. */
  readonly noticed: string
}

const words: ReadonlyMap<string, string> = new Map([
  ['table', 'TABLE'],
  ['partitioned table', 'TABLE'],
  ['view', 'VIEW'],
  ['materialized view', 'MATERIALIZED VIEW'],
  ['foreign table', 'FOREIGN TABLE'],
  ['sequence', 'SEQUENCE'],
  ['function', 'FUNCTION'],
  ['procedure', 'PROCEDURE'],
  ['aggregate', 'AGGREGATE'],
  ['type', 'TYPE'],
  ['domain', 'DOMAIN'],
  ['collation', 'COLLATION'],
  ['conversion', 'CONVERSION'],
  ['text search dictionary', 'TEXT SEARCH DICTIONARY'],
  ['text search configuration', 'TEXT SEARCH CONFIGURATION'],
  ['statistics', 'STATISTICS'],
  ['schema', 'SCHEMA'],
  ['publication', 'PUBLICATION'],
  ['server', 'SERVER'],
  ['foreign data wrapper', 'FOREIGN DATA WRAPPER'],
  ['event trigger', 'EVENT TRIGGER'],
  ['language', 'LANGUAGE'],
])
/** A name of them says all, or the object cannot be renamed without another one. */
const neverRenamed = new Set(['public'])
const superusersOnly = new Set(['event trigger', 'foreign data wrapper'])
const routines = new Set(['function', 'procedure', 'aggregate'])
const relations = new Set(['table', 'partitioned table', 'view', 'materialized view', 'foreign table'])

/** For everything that has an owner: another owner, another name, a comment, and that it is gone. */
export function mutateEach(objects: readonly ObjectDefinition[]): Mutation[] {
  return objects.flatMap((object) => [...mutateObject(object), ...mutateColumn(object)])
}

function mutateObject(object: ObjectDefinition): Mutation[] {
  const { kind, path, facets } = object
  const word = words.get(kind)
  if (word === undefined || neverRenamed.has(path[0] ?? '')) return []
  const name = writeSql(object)
  const noticed = nameObject(object)
  const newOwner = facets.owner === 'd_owner' ? 'd_other' : 'd_owner'
  const owned = typeof facets['owned by'] === 'string' || superusersOnly.has(kind)
  const shell = facets.defined === false
  const isIdentity = String(facets['owned by']).endsWith('(identity)')
  return [
    ...(owned || shell ? [] : [{ kind: 'owner', sql: `ALTER ${word} ${name} OWNER TO ${newOwner}`, noticed }]),
    ...(shell ? [] : [{ kind: 'name', sql: `ALTER ${word} ${name} RENAME TO renamed`, noticed }]),
    { kind: 'comment', sql: `COMMENT ON ${word} ${name} IS 'another'`, noticed: 'comment ' },
    ...(isIdentity ? [] : [{ kind: `${kind} dropped`, sql: `DROP ${word} ${name} CASCADE`, noticed }]),
    ...grant(object, word, name, noticed),
  ]
}

function grant({ kind }: ObjectDefinition, word: string, name: string, noticed: string): Mutation[] {
  const made = (right: string, on: string) => [
    { kind: 'privilege', sql: `GRANT ${right} ON ${on} ${name} TO d_owner, d_other`, noticed },
  ]
  if (relations.has(kind)) return made('INSERT', 'TABLE')
  if (routines.has(kind)) return made('EXECUTE', kind === 'procedure' ? 'PROCEDURE' : 'FUNCTION')
  if (kind === 'sequence' || kind === 'domain' || kind === 'schema') return made('USAGE', word)
  if (kind === 'server') return made('USAGE', 'FOREIGN SERVER')
  return []
}

let alternate = 0

function mutateColumn(object: ObjectDefinition): Mutation[] {
  if (object.kind !== 'column' || object.facets.local === false || 'inherited from' in object.facets) return []
  const [schema = '', relation = '', column = ''] = object.path
  if (['pair', 'typed', 'v', 'barrier', 'totals', 'empty', 'there'].includes(relation)) return []
  const table = `${quote(schema)}.${quote(relation)}`
  const noticed = nameObject(object)
  alternate += 1
  const choices: Mutation[] = [
    { kind: 'column renamed', sql: `ALTER TABLE ${table} RENAME ${quote(column)} TO renamed`, noticed },
    { kind: 'column statistics', sql: `ALTER TABLE ${table} ALTER ${quote(column)} SET STATISTICS 77`, noticed },
    { kind: 'column privilege', sql: `GRANT SELECT (${quote(column)}) ON ${table} TO d_owner`, noticed },
    { kind: 'column dropped', sql: `ALTER TABLE ${table} DROP ${quote(column)} CASCADE`, noticed },
  ]
  const partitionKeys = new Set(['m.d', 'by_list.k', 'by_hash.k'])
  const kept = partitionKeys.has(`${relation}.${column}`) ? choices.slice(0, 3) : choices
  return [kept[alternate % kept.length] ?? choices[0]].filter((one) => one !== undefined)
}

function writeSql({ kind, path }: ObjectDefinition): string {
  if (!routines.has(kind)) return path.map(quote).join('.')
  return `${path.slice(0, 2).map(quote).join('.')}(${path[2] ?? ''})`
}

function quote(name: string): string {
  return pg.escapeIdentifier(name)
}

/** Changes of one kind, each with the name under which it must be noticed. */
export const write = (kind: string, changes: readonly (readonly [string, string])[]): Mutation[] =>
  changes.map(([sql, noticed]) => ({ kind, sql, noticed }))
