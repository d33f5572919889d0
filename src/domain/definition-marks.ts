import { emptyByName } from './by-name.ts'
import {
  compareObjectDefinitions,
  type DefinitionDifference,
  nameObject,
  type ObjectDefinition,
  relationOf,
} from './definitions.ts'
import { digestOf } from './digest.ts'
import type { Json } from './json.ts'

/**
 * How the database that takes another one's place has each object in which the two differ, by name: a digest a facet, one
 * of the whole where the former lacks it, null where it lacks it itself. The former is sealed, so what differs from it
 * later and is not in here as it is then, was changed in between; in one database a text that differs is another one.
 */
export interface DefinitionMarks {
  readonly [name: string]: { readonly [facet: string]: string } | null
}

/** More is not kept: the record of a switch is read whenever its job is. */
const MOST = 10_000
/** Stands for an object with all that hangs on it. No facet is called so. */
const WHOLE = '*'
const DIGITS = 16
/** Of what may be a password not even a digest goes into the store: such an object counts as changed. */
const secret = new Set(['user mapping', 'server', 'foreign data wrapper'])

/** Large objects have rows of their own; what a database as a whole is set to is carried over by the switch. */
export const toldElsewhere: ReadonlySet<string> = new Set(['large object', 'large objects'])

/** null where the two have so little in common that it would be too long a list. */
export function markDefinitions(
  former: readonly ObjectDefinition[],
  taking: readonly ObjectDefinition[],
): DefinitionMarks | null {
  const differences = compareObjectDefinitions(former, taking).filter(({ kind }) => !toldElsewhere.has(kind))
  if (differences.length > MOST) return null
  const wholeOf = digestWhole(taking)
  const marks = emptyByName<DefinitionMarks[string]>()
  for (const one of differences) {
    const name = nameObject(one)
    if (one.verdict === 'missing') marks[name] = null
    else if (secret.has(one.kind)) continue
    else if (one.verdict === 'extra') marks[name] = { [WHOLE]: wholeOf(one) }
    else marks[name] = digestFacets(one)
  }
  return marks
}

/** What was done since the marks were taken, as far as the former one has it otherwise. */
export function compareSince(
  former: readonly ObjectDefinition[],
  now: readonly ObjectDefinition[],
  marks: DefinitionMarks,
): DefinitionDifference[] {
  const wholeOf = digestWhole(now)
  return compareObjectDefinitions(former, now).flatMap((one): DefinitionDifference[] => {
    const name = nameObject(one)
    const mark = Object.hasOwn(marks, name) ? marks[name] : undefined
    if (one.verdict === 'missing') return mark === null ? [] : [one]
    if (one.verdict === 'extra') {
      const was = mark?.[WHOLE]
      if (was === undefined) return [one]
      return was === wholeOf(one) ? [] : [{ ...one, verdict: 'differs' }]
    }
    const is = digestFacets(one)
    const facets = one.facets.filter((facet) => mark?.[facet] !== is[facet])
    return facets.length === 0 ? [] : [{ ...one, facets }]
  })
}

/** What was found of an object, in the facets that differ, or all of it where the other side lacks it. */
export function digestFound({ kind, verdict, facets, found }: DefinitionDifference): string | undefined {
  if (found === null || secret.has(kind)) return undefined
  const told = Object.entries(found).filter(([facet]) => verdict === 'extra' || facets.includes(facet))
  return shortDigest(told.length === 0 ? { ...found } : Object.fromEntries(told))
}

function digestFacets({ facets, found }: DefinitionDifference): { [facet: string]: string } {
  return Object.fromEntries(facets.map((facet) => [facet, shortDigest(found?.[facet] ?? null)]))
}

/** An object that the former one lacks goes with all that hangs on it, none of which is told by itself. */
function digestWhole(objects: readonly ObjectDefinition[]): (one: DefinitionDifference) => string {
  const hanging = new Map<string, ObjectDefinition[]>()
  for (const one of objects) {
    const relation = relationOf(one)
    if (relation === null) continue
    const all = hanging.get(relation)
    if (all === undefined) hanging.set(relation, [one])
    else all.push(one)
  }
  return (one) => {
    const relation = relationOf(one)
    const isRelation = relation !== null && nameObject(one) === `${one.kind} ${relation}`
    const parts = (isRelation ? hanging.get(relation) : undefined) ?? []
    const said = parts.map((part): Json => [nameObject(part), { ...part.facets }])
    return shortDigest([{ ...one.found }, ...said.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))])
  }
}

function shortDigest(value: Json): string {
  return digestOf(value).slice(0, DIGITS)
}
