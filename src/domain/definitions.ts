import type { Json } from './json.ts'
import { type ObjectPath, writeName } from './object-name.ts'

/** One object of a database, without its rows, in the server's own words. */
export interface ObjectDefinition {
  /** `table`, `column`, `function` … */
  readonly kind: string
  readonly path: ObjectPath
  /** What can be changed about it, each under a name of ours; what is as usual is left out. */
  readonly facets: { readonly [facet: string]: Json }
}

/** How two sides differ in one object. `facets` are the names of those that differ; empty where one side lacks it. */
export interface DefinitionDifference {
  readonly kind: string
  readonly path: ObjectPath
  readonly verdict: 'differs' | 'missing' | 'extra'
  readonly facets: readonly string[]
  readonly expected: ObjectDefinition['facets'] | null
  readonly found: ObjectDefinition['facets'] | null
}

/** `function public.twice(integer)`, `column public.orders.id`: what people read and what no two objects share. */
export function nameObject({ kind, path }: Pick<ObjectDefinition, 'kind' | 'path'>): string {
  return `${kind} ${writePath(kind, path)}`
}

const withArguments = new Set(['function', 'procedure', 'window function', 'aggregate', 'operator'])
/** Their parts are the server's own writing of types and identities, which needs no quotes of ours. */
const asTheyAre: ReadonlyMap<string, string> = new Map([
  ['cast', ' AS '],
  ['comment', ' '],
  ['security label', ' '],
  ['privileges on what is not dumped', ' '],
  ['dependency on an extension', ' '],
  ['default privileges', ' '],
  ['transform', ' '],
  ['user mapping', ' '],
])

function writePath(kind: string, path: ObjectPath): string {
  const between = asTheyAre.get(kind)
  if (between !== undefined) return path.join(between)
  if (!withArguments.has(kind)) return writeName(path)
  return `${writeName(path.slice(0, 2))}(${path[2] ?? ''})`
}

const hangingOnRelations = new Set(['column', 'constraint', 'index', 'trigger', 'rule', 'policy'])
const relations = new Set(['table', 'partitioned table', 'view', 'materialized view', 'foreign table'])

/** The table or view that an object is or hangs on, as its name is written; null for all others. */
export function relationOf({ kind, path }: Pick<ObjectDefinition, 'kind' | 'path'>): string | null {
  if (relations.has(kind) || hangingOnRelations.has(kind)) return writeName(path.slice(0, 2))
  return null
}

/**
 * What differs, text for text. What hangs on a table or view that one side lacks is not told again. Keys are joined by
 * a character that no name can hold.
 */
export function compareObjectDefinitions(
  expected: readonly ObjectDefinition[],
  found: readonly ObjectDefinition[],
): DefinitionDifference[] {
  const should = indexObjects(expected)
  const is = indexObjects(found)
  const differences: DefinitionDifference[] = []
  for (const [key, one] of should) {
    const other = is.get(key)
    if (other === undefined) differences.push(lacking(one, 'missing'))
    else {
      const facets = differingFacets(one.facets, other.facets)
      if (facets.length > 0) {
        const { kind, path } = one
        const pick = (of: ObjectDefinition) => pickFacets(of.facets, facets)
        differences.push({ kind, path, verdict: 'differs', facets, expected: pick(one), found: pick(other) })
      }
    }
  }
  for (const [key, one] of is) if (!should.has(key)) differences.push(lacking(one, 'extra'))
  const gone = new Set(
    differences.flatMap((one) => (one.verdict !== 'differs' && relations.has(one.kind) ? [writeName(one.path)] : [])),
  )
  return differences.filter((one) => !hangingOnRelations.has(one.kind) || !gone.has(writeName(one.path.slice(0, 2))))
}

function lacking(one: ObjectDefinition, verdict: 'missing' | 'extra'): DefinitionDifference {
  const { kind, path, facets } = one
  const [expected, found] = verdict === 'missing' ? [facets, null] : [null, facets]
  return { kind, path, verdict, facets: [], expected, found }
}

/** An identity that does not depend on how names are written. */
function keyOf({ kind, path }: ObjectDefinition): string {
  return [kind, ...path].join('\0')
}

function indexObjects(objects: readonly ObjectDefinition[]): Map<string, ObjectDefinition> {
  return new Map(objects.map((one) => [keyOf(one), one]))
}

/** Names of the facets that are not the same. */
export function differingFacets(one: ObjectDefinition['facets'], other: ObjectDefinition['facets']): string[] {
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...names].filter((name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]))
}

function pickFacets(facets: ObjectDefinition['facets'], names: readonly string[]): ObjectDefinition['facets'] {
  return Object.fromEntries(names.map((name) => [name, facets[name] ?? null]))
}

/** A second record, kept as what it holds otherwise than the first. */
export interface DefinitionChanges {
  readonly changed: readonly ObjectDefinition[]
  readonly gone: readonly Pick<ObjectDefinition, 'kind' | 'path'>[]
}

/** What turns the first record into the second. */
export function describeChanges(
  first: readonly ObjectDefinition[],
  second: readonly ObjectDefinition[],
): DefinitionChanges {
  const before = indexObjects(first)
  const after = indexObjects(second)
  return {
    changed: second.filter((one) => {
      const was = before.get(keyOf(one))
      return was === undefined || differingFacets(was.facets, one.facets).length > 0
    }),
    gone: first.filter((one) => !after.has(keyOf(one))).map(({ kind, path }) => ({ kind, path })),
  }
}

/** The second record again. */
export function applyChanges(first: readonly ObjectDefinition[], changes: DefinitionChanges): ObjectDefinition[] {
  const objects = indexObjects(first)
  for (const one of changes.gone) objects.delete(keyOf({ ...one, facets: {} }))
  for (const one of changes.changed) objects.set(keyOf(one), one)
  return [...objects.values()]
}
