import { z } from 'zod'

/**
 * A map whose keys are names that somebody else gave: of tables, roles, checks, columns. Without a prototype `__proto__`,
 * `constructor` and `toString` are names like any other.
 */
export function emptyByName<V>(): { [name: string]: V } {
  return Object.create(null)
}

/** The same, read from JSON: zod's own record leaves `__proto__` out without a word. */
export function byName<V>(values: z.ZodType<V>) {
  return z.unknown().transform((read, context): { [name: string]: V } => {
    const found = emptyByName<V>()
    if (typeof read !== 'object' || read === null || Array.isArray(read)) {
      context.addIssue({ code: 'custom', message: 'expected names with values' })
      return found
    }
    for (const [name, value] of Object.entries(read)) {
      const parsed = values.safeParse(value)
      if (parsed.success) found[name] = parsed.data
      else for (const { message } of parsed.error.issues) context.addIssue({ code: 'custom', message, path: [name] })
    }
    return found
  })
}
