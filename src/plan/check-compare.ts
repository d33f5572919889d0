import type { CompareMapping, TableMapping } from '../domain/compare-mapping.ts'
import type { PlanText } from '../domain/recovery-plan.ts'
import type { PlanPath, Problem } from './problem.ts'

/** Every key of `compare:` is acted on: what would be without effect is a problem here. */
export function checkCompare(plan: PlanText): Problem[] {
  return Object.entries(plan.systems).flatMap(([name, system]) =>
    system.kind === 'postgres' ? checkMapping(['systems', name, 'compare'], system.compare) : [],
  )
}

function checkMapping(path: PlanPath, mapping: CompareMapping): Problem[] {
  const taken = new Map<string, string>()
  return Object.entries(mapping).flatMap(([name, one]) => {
    const at = [...path, name]
    const to = withSchema(one.to ?? name)
    const isTable = one.left === undefined && one.right === undefined
    const other = isTable ? taken.get(to) : undefined
    if (isTable && other === undefined) taken.set(to, name)
    return [
      ...(isTable ? checkTable(at, name) : checkSelects(at, one)),
      ...(other === undefined ? [] : [problem(at, `${other} is found in ${to} already`, 'Use left and right.')]),
      ...checkColumns(at, one),
    ]
  })
}

/** A table's name stands for one of `public`. */
function withSchema(table: string): string {
  return table.includes('.') ? table : `public.${table}`
}

function checkTable(at: PlanPath, name: string): Problem[] {
  const fix = 'Name a table of the other database, or say left and right.'
  return /^[^.\s]+(\.[^.\s]+)?$/.test(name) ? [] : [problem(at, `${name} is no name of a table`, fix)]
}

function checkSelects(at: PlanPath, one: TableMapping): Problem[] {
  const fix = 'left is read from the other database, right from this one.'
  return [
    ...(one.left === undefined || one.right === undefined ? [problem(at, 'one SELECT has no other side', fix)] : []),
    ...(one.to === undefined ? [] : [problem([...at, 'to'], 'two SELECTs name no table', 'Take it out.')]),
    ...(Object.keys(one.columns).length === 0
      ? []
      : [problem([...at, 'columns'], 'two SELECTs have expressions of their own', 'Write them into left.')]),
  ]
}

function checkColumns(at: PlanPath, { columns, key = [], tolerance, without }: TableMapping): Problem[] {
  const out = new Set(Object.keys(without))
  const fix = 'Take one of the two out.'
  const say = (under: 'columns' | 'key' | 'tolerance', name: string) =>
    out.has(name) ? [problem([...at, 'without', name], `${name} is left out, and stands in ${under}`, fix)] : []
  return [
    ...Object.keys(columns).flatMap((name) => say('columns', name)),
    ...key.flatMap((name) => say('key', name)),
    ...Object.keys(tolerance).flatMap((name) => [
      ...say('tolerance', name),
      ...(key.includes(name)
        ? [
            problem(
              [...at, 'tolerance', name],
              'what tells rows apart cannot be near',
              'Take it out of one of the two.',
            ),
          ]
        : []),
    ]),
  ]
}

function problem(path: PlanPath, text: string, fix: string): Problem {
  return { path, atKey: true, problem: text, fix }
}
