import { z } from 'zod'
import type { PlanPath } from './problem.ts'

/** The keys that the schema knows at a path, given the value there (a `kind` decides between shapes). Empty if unknown. */
export function listKnownKeys(schema: z.core.$ZodType, path: PlanPath, value: unknown): string[] {
  const here = unwrap(schema)
  const [step, ...rest] = path
  if (here instanceof z.ZodDiscriminatedUnion) {
    const kind = fieldOf(value, 'kind')
    const option = here.options.find((one) => one instanceof z.ZodObject && accepts(one.shape.kind, kind))
    return option === undefined ? [] : listKnownKeys(option, path, value)
  }
  if (here instanceof z.ZodObject) {
    if (step === undefined) return Object.keys(here.shape)
    const child: z.core.$ZodType | undefined = here.shape[String(step)]
    return child === undefined ? [] : listKnownKeys(child, rest, fieldOf(value, step))
  }
  if (step === undefined) return []
  if (here instanceof z.ZodRecord) return listKnownKeys(here.valueType, rest, fieldOf(value, step))
  if (here instanceof z.ZodArray) return listKnownKeys(here.element, rest, fieldOf(value, step))
  return []
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return unwrap(schema.unwrap())
  // What is looked at before, or made of it afterwards, stands beside what was written.
  if (schema instanceof z.ZodPipe) return unwrap(schema.in instanceof z.ZodTransform ? schema.out : schema.in)
  return schema
}

function accepts(schema: z.core.$ZodType | undefined, value: unknown): boolean {
  return schema instanceof z.ZodLiteral && schema.safeParse(value).success
}

function fieldOf(value: unknown, key: string | number): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string | number, unknown>)[key]
    : undefined
}
