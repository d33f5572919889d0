import { z } from 'zod'
import { recoveryPlanSchema } from '../domain/recovery-plan.ts'

/** The plan's JSON Schema, for editors: what may be written, defaults included. Meaning is checked when it is read. */
export function writePlanSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(recoveryPlanSchema, { io: 'input', unrepresentable: 'any' }), null, 2)}\n`
}
