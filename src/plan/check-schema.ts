import type { z } from 'zod'
import { type PlanText, recoveryPlanSchema } from '../domain/recovery-plan.ts'
import { listKnownKeys } from './known-keys.ts'
import { type Problem, suggest } from './problem.ts'

/** The plan by its schema, or every place where it is something else. */
export function checkSchema(value: unknown): { readonly text: PlanText } | { readonly problems: readonly Problem[] } {
  const parsed = recoveryPlanSchema.safeParse(value)
  if (parsed.success) return { text: parsed.data }
  const { issues } = parsed.error
  // A key with a typo is missing as well; saying so would only hide the cause.
  const typos = issues.filter(({ code }) => code === 'unrecognized_keys')
  return { problems: (typos.length > 0 ? typos : issues).flatMap((issue) => describeIssue(issue, value)) }
}

function describeIssue(issue: z.core.$ZodIssue, value: unknown): Problem[] {
  const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)))
  const name = path.join('.') || 'the plan'
  if (issue.code === 'unrecognized_keys') {
    const known = listKnownKeys(recoveryPlanSchema, path, value)
    return issue.keys.map((key) => ({
      path: [...path, key],
      atKey: true,
      problem: `unknown key "${key}" in ${name}`,
      fix: suggest(key, known),
    }))
  }
  if (issue.code === 'invalid_key') {
    const reason = issue.issues[0]
    return [{ path, atKey: true, problem: `"${path.at(-1)}" cannot be a name here`, fix: `Use ${wanted(reason)}.` }]
  }
  return [
    { path, problem: `${name}: ${messageOf(issue)}`, fix: 'Compare it with salvor.example.yaml, or `salvor schema`.' },
  ]
}

/** zod's messages name types, not values; the pattern of a text is said in words. */
function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_format') return `wanted ${wanted(issue)}`
  if (issue.code === 'invalid_union') return 'none of the known kinds fits'
  return issue.message.replace(/^Invalid input: /, '').replace(/^expected (\w+), received undefined$/, 'missing, a $1')
}

function wanted(issue: z.core.$ZodIssue | undefined): string {
  return issue?.message ?? 'another form'
}
