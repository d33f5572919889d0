import { expect, test } from 'vitest'
import { z } from 'zod'
import { eventSchemas } from '../../src/domain/event-schemas.ts'
import type { EventType } from '../../src/domain/events.ts'
import { progressSchema } from '../../src/domain/progress.ts'
import { failureSchema } from '../../src/domain/step.ts'
import { id, storable, typed } from '../../src/domain/stored.ts'
import { waitingSchema } from '../../src/domain/waiting.ts'
import { samples } from '../support/card-samples/events.ts'

/** What is kept for good, by what it is called there. */
const kept: { readonly [name: string]: z.ZodType } = {
  ...eventSchemas,
  'steps.failure': failureSchema,
  'steps.progress': progressSchema,
  'jobs.waiting_for': waitingSchema,
  'runs.waiting_for': waitingSchema,
  'approvals.why': eventSchemas.approval_superseded.shape.why,
}

/**
 * Strings that may be sentences of ours, and values that no schema describes. This list may only shrink: whoever makes
 * facts of one takes its line away, and nothing is added.
 */
const notYet = [
  'approval_asked.subject: any',
  'approval_closed.action: string',
  'approval_emergency.action: string',
  'approval_escalated.action: string',
  'approval_reminded.action: string',
  'job_requested.params: any',
  'job_requested.words: string',
  'job_succeeded.outcome: any',
  'job_succeeded.summary: string',
  'step_done.output: any',
  'step_recorded.value: any',
  'steps.progress.shown: any',
]
const MOST = 12

/** Strings that are of no kind in stored.ts, with the way to them. */
function listPlain(schema: z.core.$ZodType, path: string): string[] {
  if (storable.has(schema) || schema instanceof z.ZodISODateTime) return []
  if (schema instanceof z.ZodString) return [`${path}: string`]
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).flatMap(([name, inner]) => listPlain(inner as z.ZodType, `${path}.${name}`))
  if (schema instanceof z.ZodArray) return listPlain(schema.element, `${path}[]`)
  if (schema instanceof z.ZodTuple) return schema.def.items.flatMap((one) => listPlain(one, `${path}[]`))
  if (schema instanceof z.ZodRecord)
    return [...listPlain(schema.keyType, `${path}.*`), ...listPlain(schema.valueType, `${path}.*`)]
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((one) => listPlain(one, path))
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional || schema instanceof z.ZodReadonly)
    return listPlain(schema.unwrap(), path)
  if (schema instanceof z.ZodNumber || schema instanceof z.ZodBoolean) return []
  if (schema instanceof z.ZodEnum || schema instanceof z.ZodLiteral || schema instanceof z.ZodNull) return []
  return [`${path}: any`]
}

const listAll = (schemas: typeof kept) =>
  Object.entries(schemas)
    .flatMap(([name, schema]) => listPlain(schema, name))
    .sort()

test('every string that is kept is a code, a name, an id, typed by a person or printed by a tool', () => {
  expect(listAll(kept)).toEqual(notYet)
  expect(notYet.length).toBeLessThanOrEqual(MOST)
})

test('events are what their schemas say', () => {
  const misfits = Object.entries(samples).flatMap(([type, all]) =>
    all.flatMap((data) => {
      const { error } = eventSchemas[type as EventType].safeParse(data)
      return error === undefined ? [] : [`${type}: ${error.message}`]
    }),
  )
  expect(misfits).toEqual([])
  expect(eventSchemas.step_in_doubt.safeParse({ step: 'load', attempt: 1, why: 'it is gone' }).success).toBe(false)
})

test('a plain string, and what no schema describes, is found wherever it stands', () => {
  const said = z.string()
  const found = listAll({
    plain: z.object({ a: z.object({ said: said.nullable() }), b: z.array(said.optional()), c: z.record(id, said) }),
    either: z.union([typed, said]),
    any: z.object({ more: z.unknown().optional(), own: z.custom<string>() }),
    fine: z.object({ at: z.iso.datetime(), by: id, as: z.enum(['x']), why: typed.min(1) }),
  })
  expect(found).toEqual([
    ...['any.more: any', 'any.own: any', 'either: string', 'fine.why: string'],
    ...['plain.a.said: string', 'plain.b[]: string', 'plain.c.*: string'],
  ])
})
