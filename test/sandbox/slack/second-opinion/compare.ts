import type { World } from './worlds.ts'

/** What a call answered: every field beside `ok` and `error`. */
export type Answer = Readonly<Record<string, unknown>>

/** One call that both worlds get, and what of its answer must be the same beside its shape. */
export interface Step {
  /** Unique; differences are listed under it. */
  readonly title: string
  readonly method: string
  readonly args?: (world: World) => Record<string, unknown> | Promise<Record<string, unknown>>
  /** Whose token; default: the bot's. */
  readonly token?: 'none' | 'unknown'
  /** Keeps ids for later steps in `world.known`. */
  readonly learn?: (answer: Answer, world: World) => void
  /** Facts that a client relies on, without ids and times of either world. */
  readonly facts?: (answer: Answer, world: World) => unknown
}

/** How one world took one step. */
export interface Outcome {
  /** `ok`, the error, or the HTTP status of an answer that is none of Slack's. */
  readonly verdict: string
  readonly answer: Answer
  readonly facts: unknown
}

/** Paths of all fields that one world ever answered, with the kinds of their values. */
export type Shape = Map<string, Set<string>>

/** Makes the step's call and describes the answer. */
export async function take(step: Step, world: World): Promise<Outcome> {
  world.tick()
  const client = step.token ? world.withToken(step.token === 'none' ? undefined : 'xoxb-unknown') : world.client
  const args = { ...(await step.args?.(world)) }
  try {
    const answer: Answer = { ...(await client.apiCall(step.method, args)) }
    step.learn?.(answer, world)
    return { verdict: 'ok', answer, facts: step.facts?.(answer, world) }
  } catch (error) {
    const { data, statusCode } = error as { data?: { error?: string }; statusCode?: number }
    if (data?.error === undefined && statusCode === undefined) throw error
    return { verdict: data?.error ?? `HTTP ${statusCode}`, answer: {}, facts: undefined }
  }
}

/** One line when the outcomes of a step differ in verdict or facts; `here` is the local Slack. */
export function compareOutcomes(step: Step, here: Outcome, there: Outcome): string[] {
  if (here.verdict !== there.verdict) return [`${step.title}: ${here.verdict} here, ${there.verdict} there`]
  const [own, other] = [JSON.stringify(here.facts), JSON.stringify(there.facts)]
  return own === other ? [] : [`${step.title}: ${own} here, ${other} there`]
}

/** One line for each field that only one world has, and for each that holds another kind of value. */
export function compareShapes(here: Shape, there: Shape): string[] {
  const only = (one: Shape, other: Shape, where: string) =>
    [...one.keys()]
      .filter((path) => !other.has(path) && !listAbove(path).some((above) => one.has(above) && !other.has(above)))
      .map((path) => `${path} only ${where}`)
  const kinds = [...here].flatMap(([path, own]) => {
    const other = there.get(path)
    if (other === undefined || [...own].some((kind) => other.has(kind))) return []
    return [`${path}: ${[...own].join(' or ')} here, ${[...other].join(' or ')} there`]
  })
  return [...only(here, there, 'here'), ...only(there, here, 'there'), ...kinds]
}

/** Objects that several methods answer: their fields are told once, by these names. */
const OBJECTS: Readonly<Record<string, string>> = {
  user: 'a user',
  members: 'a user',
  channel: 'a channel',
  channels: 'a channel',
  message: 'a message',
  messages: 'a message',
  file: 'a file',
  files: 'a file',
  view: 'a view',
}

/** What the client library adds by itself. */
const NOT_COMPARED = new Set(['ok', 'scopes', 'acceptedScopes'])

/** Adds the fields of an answer to what is known of a world. Items of a list are one, and ids as keys are `*`. */
export function noteShape(shape: Shape, method: string, answer: Answer): void {
  const noteFields = (fields: Answer, prefix: string): void => {
    for (const [key, value] of Object.entries(fields)) {
      const name = OBJECTS[key]
      const items = Array.isArray(value) ? value : [value]
      if (NOT_COMPARED.has(key)) continue
      if (name !== undefined && items.length > 0 && items.every(isObject))
        for (const item of items) noteFields(item, `${name}.`)
      else note(value, `${prefix}${/^[A-Z][A-Z0-9]{4,}$/.test(key) ? '*' : key}`)
    }
  }
  const note = (value: unknown, path: string): void => {
    // A field that holds undefined is not on the wire.
    if (value === undefined) return
    const kind = Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value
    shape.set(path, (shape.get(path) ?? new Set()).add(kind))
    if (Array.isArray(value)) for (const item of value) note(item, `${path}[]`)
    else if (isObject(value)) noteFields(value, `${path}.`)
  }
  noteFields(answer, `${method}: `)
}

function isObject(value: unknown): value is Answer {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function listAbove(path: string): string[] {
  return [...path.matchAll(/\.|\[\]/g)].map(({ index }) => path.slice(0, index))
}
