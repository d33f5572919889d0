import { describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { z } from 'zod'
import { writePlanSchema } from '../../src/plan/write-schema.ts'
import { listPages, readPage } from '../docs/read-page.ts'
import { readText } from '../support/sources.ts'
import { exampleText, parseText } from './plan-text.ts'

type Plan = Record<string, unknown> & { systems: Record<string, Record<string, unknown>> }

/** The printed schema as an editor takes it: JSON, with nothing of ours behind it. */
const printed = JSON.parse(writePlanSchema()) as { properties: Record<string, unknown> }
const schema = z.fromJSONSchema(printed as Parameters<typeof z.fromJSONSchema>[0])
const complaintsOf = (plan: unknown) => {
  const { error } = schema.safeParse(plan)
  return error === undefined ? [] : error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
}

const pages = ['README.md', 'sandbox/README.md', ...listPages('docs'), ...listPages('docs/operating')].map(readPage)
const parts = pages.flatMap(({ path, blocks }) =>
  blocks
    .filter(({ language }) => language === 'yaml')
    .map(({ text }, index) => [`${path}, ${index + 1}`, text] as const),
)

/** The example with a part of a page in the place where it belongs: of the plan, of its database, or a system more. */
function putInto(part: Record<string, unknown>): Plan {
  const plan = parse(exampleText) as Plan
  const { 'orders-db': database = {}, 'orders-api': service = {} } = plan.systems
  plan.systems['orders-web'] = { ...service, config: [] }
  plan.roles = merge(plan.roles, { manager: { users: ['U0ERIN'] } })
  for (const [key, value] of Object.entries(part)) {
    if (key in printed.properties) plan[key] = merge(plan[key], value)
    else if (isMap(value) && 'kind' in value) plan.systems[key] = { owner: 'sysadmin', ...value }
    else database[key] = value
  }
  return plan
}

/** A page shows only the keys that it speaks of. */
function merge(whole: unknown, part: unknown): unknown {
  if (!isMap(whole) || !isMap(part)) return part
  return {
    ...whole,
    ...Object.fromEntries(Object.entries(part).map(([key, value]) => [key, merge(whole[key], value)])),
  }
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

describe('what salvor schema prints', () => {
  test.each(['salvor.example.yaml', 'sandbox/scenario/salvor.yaml'])('accepts %s, and the parser does too', (path) => {
    const text = readText(path)
    expect(complaintsOf(parse(text))).toEqual([])
    expect(parseText(text).version).toBe(1)
  })

  test.each(['salvor.example.yaml', 'sandbox/scenario/salvor.yaml'])('is what editors take for %s', (path) => {
    expect(readText(path).split('\n')[0]).toBe('# yaml-language-server: $schema=salvor.schema.json')
  })

  test.each(parts)('accepts the part of a plan in %s, and the parser does too', (_where, text) => {
    const plan = putInto(parse(text) as Record<string, unknown>)
    expect(complaintsOf(plan)).toEqual([])
    expect(parseText(stringify(plan)).version).toBe(1)
  })

  test('there are such parts in pages', () => expect(parts.length).toBeGreaterThan(4))

  test.each([
    ['a key that is none', (plan: Plan) => ({ ...plan, onwer: 'dba' })],
    ['a system of no kind', (plan: Plan) => ({ ...plan, systems: { x: { owner: 'dba' } } })],
    [
      'a key that is none of a system',
      (plan: Plan) => ({ ...plan, systems: { x: { ...plan.systems['orders-db'], tear: 1 } } }),
    ],
    ['a length of time in words', (plan: Plan) => ({ ...plan, keepOld: 'a week' })],
    ['another version', (plan: Plan) => ({ ...plan, version: 2 })],
  ])('refuses %s, as the parser does', (_what, change) => {
    const plan = change(parse(exampleText) as Plan)
    expect(complaintsOf(plan)).not.toEqual([])
    expect(() => parseText(stringify(plan))).toThrow()
  })
})
