import { emptyByName } from '../domain/by-name.ts'
import { SalvorError } from '../domain/errors/fail.ts'
import type { RecoveryPlan } from '../domain/recovery-plan.ts'

/** `$${` stands for a plain `${`. */
const reference = /\$\$\{|\$\{([^}]*)\}/g

/**
 * Puts the environment's values in for `${NAME}`. Throws `plan_variable`, naming it and its place in the plan, when
 * one is missing or empty. Keep the answer out of data, logs and messages: it may hold a password.
 */
export function expandText(
  text: string,
  env: NodeJS.ProcessEnv,
  plan: Pick<RecoveryPlan, 'path' | 'variables'> = {},
): string {
  return text.replace(reference, (whole, name: string | undefined) => {
    if (name === undefined) return whole.slice(1)
    const value = env[name]
    if (value !== undefined && value !== '') return value
    const { line, column } = plan.variables?.[name] ?? { line: 1, column: 1 }
    throw new SalvorError('plan_variable', { path: plan.path ?? 'salvor.yaml', line, column, name })
  })
}

/** The names that a text refers to; their values are what a redactor should know. */
export function listVariables(text: string): string[] {
  return [...new Set([...text.matchAll(reference)].flatMap(([, name]) => (name === undefined ? [] : [name])))]
}

/** Where each name first stands in the plan's text, lines and columns from 1. */
export function placeVariables(text: string): { [name: string]: { line: number; column: number } } {
  const places = emptyByName<{ line: number; column: number }>()
  for (const [index, line] of text.split('\n').entries()) {
    for (const match of line.matchAll(reference)) {
      const name = match[1]
      if (name !== undefined && !Object.hasOwn(places, name))
        places[name] = { line: index + 1, column: match.index + 1 }
    }
  }
  return places
}
