import type { PlanRejects, PlanRemedy, PlanText } from '../domain/recovery-plan.ts'
import type { PlanPath, Problem } from './problem.ts'

/** Remedies must say what they do, and rejects where they are, before somebody needs them at night. */
export function checkRemedies(plan: PlanText): Problem[] {
  return [
    ...Object.entries(plan.systems).flatMap(([name, system]) =>
      system.kind === 'postgres' ? checkSystem(['systems', name, 'remedies'], system.remedies) : [],
    ),
    ...Object.entries(plan.migrations).flatMap(([name, { rejects }]) =>
      rejects === undefined ? [] : checkRejects(['migrations', name, 'rejects'], rejects),
    ),
    ...checkOwners(plan),
  ]
}

function checkSystem(path: PlanPath, remedies: readonly PlanRemedy[]): Problem[] {
  return remedies.flatMap((remedy, index) => {
    const at = [...path, index]
    const { name, sql, argv, undo } = remedy
    const twice = remedies.findIndex((other) => other.name === name) < index
    return [
      ...(twice ? [{ path: [...at, 'name'], problem: `two remedies are called ${name}`, fix: 'Rename one.' }] : []),
      ...((sql === undefined) === (argv === undefined)
        ? [
            {
              path: at,
              problem: `the remedy ${name} ${sql === undefined ? 'says not what it does' : 'has two ways'}`,
              fix: 'Say exactly one of sql, argv.',
            },
          ]
        : []),
      ...(undo !== undefined && sql === undefined
        ? [{ path: [...at, 'undo'], problem: 'a program has no undo', fix: 'Write undo beside sql only.' }]
        : []),
    ]
  })
}

function checkRejects(path: PlanPath, rejects: PlanRejects): Problem[] {
  const { table, path: folder, format, columns, delimiter } = rejects
  if ((table === undefined) === (folder === undefined))
    return [{ path, problem: 'rejects are in a table or in files', fix: 'Say exactly one of table, path.' }]
  if (table !== undefined) {
    const stray = Object.entries({ format, columns, delimiter }).find(([, value]) => value !== undefined)?.[0]
    return stray === undefined
      ? []
      : [{ path: [...path, stray], problem: `${stray} is for files`, fix: 'Take it out beside table.' }]
  }
  return [
    ...(format === 'sqlldr' && columns === undefined
      ? [{ path, problem: "SQL*Loader's files do not name their columns", fix: 'Name them by table under columns.' }]
      : []),
    ...(delimiter !== undefined && format !== 'sqlldr'
      ? [{ path: [...path, 'delimiter'], problem: 'only sqlldr has a delimiter', fix: 'Take it out.' }]
      : []),
  ]
}

/** A fix loads the rejects of its system's migration: with two of them nobody could say which. */
function checkOwners(plan: PlanText): Problem[] {
  const seen = new Map<string, string>()
  return Object.entries(plan.migrations).flatMap(([name, { system, rejects }]) => {
    if (rejects === undefined) return []
    const other = seen.get(system)
    seen.set(system, name)
    if (other === undefined) return []
    const problem = `${other} and ${name} both have rejects for ${system}`
    return [{ path: ['migrations', name, 'rejects'], problem, fix: 'One migration of a system may have rejects.' }]
  })
}
