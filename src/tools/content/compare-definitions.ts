import type { Finding, TableContent } from '../../domain/content.ts'
import { type FindingMessage, finding } from '../../domain/finding-texts.ts'
import { type Definition, normaliseDefinition } from './read-definitions.ts'
import type { Table } from './read-tables.ts'

/** Columns, indexes and constraints of the tables that both sides have: present, the same, and valid. */
export function compareDefinitions(
  expected: readonly TableContent[],
  live: readonly Table[],
  definitions: ReadonlyMap<string, Definition[]>,
): Finding[] {
  const tables = new Map(live.map((table) => [table.name, table]))
  return expected.flatMap((table) => {
    const its = tables.get(table.name)
    if (its === undefined) return []
    const found = definitions.get(table.name) ?? []
    return [
      ...compareColumns(table, its),
      ...compareKind('index', table.name, table.indexes, found),
      ...compareKind('constraint', table.name, table.constraints, found),
    ]
  })
}

function compareKind(
  kind: Definition['kind'],
  table: string,
  expected: { readonly [name: string]: string },
  all: readonly Definition[],
): Finding[] {
  const found = new Map(all.filter((each) => each.kind === kind).map((each) => [each.name, each]))
  const names = [...new Set([...Object.keys(expected), ...found.keys()])].sort()
  return names.map((name) => {
    const is = found.get(name)
    const should = expected[name] ?? null
    const base = { subject: kind, name: `${table}.${name}`, expected: should, found: is?.definition ?? null }
    if (is === undefined) return { ...base, verdict: 'missing', why: finding('definition_missing', { kind }) }
    // Before `extra`: an invalid index is never in a manifest.
    if (!is.valid && !isExpectedInvalid(should)) return { ...base, verdict: 'differs', why: explainInvalid(kind) }
    if (should === null) return { ...base, verdict: 'extra', why: finding('definition_extra', { kind }) }
    if (sameDefinition(should, is.definition)) return { ...base, verdict: 'equal', why: null }
    return { ...base, verdict: 'differs', why: finding('definition_differs') }
  })
}

function compareColumns(expected: TableContent, live: Table): Finding[] {
  const found = new Map(live.columns.map((column) => [column.name, column.definition]))
  const should = new Map(expected.columns.map((column) => [column.name, column.type]))
  const names = [...new Set([...should.keys(), ...found.keys()])]
  return names.flatMap((name): Finding[] => {
    const one = should.get(name) ?? null
    const two = found.get(name) ?? null
    const base = { subject: 'object', name: `column ${expected.name}.${name}`, expected: one, found: two } as const
    if (two === null) return [{ ...base, verdict: 'missing', why: finding('definition_missing', { kind: 'column' }) }]
    if (one === null) return [{ ...base, verdict: 'extra', why: finding('definition_extra', { kind: 'column' }) }]
    return sameDefinition(one, two) ? [] : [{ ...base, verdict: 'differs', why: finding('definition_differs') }]
  })
}

function sameDefinition(one: string, two: string): boolean {
  return one === two || normaliseDefinition(one) === normaliseDefinition(two)
}

/** A constraint that was NOT VALID when the manifest was made is what the backup holds. */
function isExpectedInvalid(expected: string | null): boolean {
  return expected?.endsWith('NOT VALID') ?? false
}

function explainInvalid(kind: Definition['kind']): FindingMessage {
  return finding(kind === 'index' ? 'index_invalid' : 'constraint_unvalidated')
}
