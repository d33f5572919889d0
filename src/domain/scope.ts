import type { PlanText } from './recovery-plan.ts'

/**
 * What a job is about, for rights and policies: a system of the plan, the suite of an acceptance test, or nothing in
 * particular. A suite stands among the systems under a name that no system can have; this file alone knows which.
 */
export type Scope = string | null

const SUITE = 'uat:'

/** A suite's scope: its sign-off follows a policy of its own, and no system's. */
export const suiteScope = (suite: string): string => `${SUITE}${suite}`

/** The suite of such a scope; undefined for a system or none. */
export function suiteOf(scope: Scope): string | undefined {
  return scope?.startsWith(SUITE) ? scope.slice(SUITE.length) : undefined
}

/** The roles that own it: a system's owner; of what is no system, every role that owns one; of an unknown one none. */
export function listOwners(plan: Pick<PlanText, 'systems'>, scope: Scope): string[] {
  if (scope === null || suiteOf(scope) !== undefined)
    return [...new Set(Object.values(plan.systems).map(({ owner }) => owner))]
  const known = Object.hasOwn(plan.systems, scope) ? plan.systems[scope] : undefined
  return known === undefined ? [] : [known.owner]
}
