/** One reason to refuse: Slack's wording and the JSON pointer of the place. */
export interface Problem {
  readonly message: string
  readonly pointer: string
}

/** Looks at a value and says what Slack would refuse about it. */
export type Check = (value: unknown, pointer: string) => readonly Problem[]

/** True for a plain JSON object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A string of `min` to `max` UTF-16 units, which is how Slack counts. */
export function text(max: number, min = 1): Check {
  return (value, pointer) => {
    if (typeof value !== 'string') return refuse('must provide a string', pointer)
    if (value.length < min) return refuse(`must be more than ${min - 1} characters`, pointer)
    if (value.length > max) return refuse(`must be less than ${max + 1} characters`, pointer)
    return []
  }
}

/** One of the given words. */
export function oneOf(...words: readonly string[]): Check {
  return (value, pointer) =>
    typeof value === 'string' && words.includes(value) ? [] : refuse('must be a valid enum value', pointer)
}

/** A whole or fractional number within bounds. */
export function number(min: number, max: number): Check {
  return (value, pointer) =>
    typeof value === 'number' && value >= min && value <= max
      ? []
      : refuse(`must be a number from ${min} to ${max}`, pointer)
}

/** True or false. */
export const flag: Check = (value, pointer) =>
  typeof value === 'boolean' ? [] : refuse('must provide a boolean', pointer)

/** An http(s) address of at most `max` characters. */
export function address(max = 3000): Check {
  return (value, pointer) => {
    const asText = text(max)(value, pointer)
    if (asText.length > 0) return asText
    return typeof value === 'string' && /^(https?|mailto|slack):/.test(value)
      ? []
      : refuse('must be a valid URL', pointer)
  }
}

/** A list of `min` to `max` items that all satisfy one check. */
export function list(item: Check, max: number, min = 1): Check {
  return (value, pointer) => {
    if (!Array.isArray(value)) return refuse('must be an array', pointer)
    if (value.length > max) return refuse(`no more than ${max} items allowed`, pointer)
    if (value.length < min) return refuse(`no less than ${min} items allowed`, pointer)
    return value.flatMap((one, index) => item(one, `${pointer}/${index}`))
  }
}

/** An object with exactly these fields: `required` must be there, `optional` may, any other is refused. */
export function fields(required: Record<string, Check>, optional: Record<string, Check> = {}): Check {
  return (value, pointer) => {
    if (!isObject(value)) return refuse('must be an object', pointer)
    const problems: Problem[] = []
    for (const name of Object.keys(required))
      if (value[name] === undefined) problems.push({ message: `missing required field: ${name}`, pointer })
    for (const [name, one] of Object.entries(value)) {
      if (one === undefined) continue
      const check = Object.hasOwn(required, name)
        ? required[name]
        : Object.hasOwn(optional, name)
          ? optional[name]
          : null
      if (!check) problems.push({ message: `invalid additional property: ${name}`, pointer })
      else problems.push(...check(one, `${pointer}/${name}`))
    }
    return problems
  }
}

/** An object whose `type` chooses the check. */
export function byType(kinds: () => Record<string, Check>): Check {
  return (value, pointer) => {
    if (!isObject(value)) return refuse('must be an object', pointer)
    if (typeof value.type !== 'string') return refuse('missing required field: type', pointer)
    const known = kinds()
    const check = Object.hasOwn(known, value.type) ? known[value.type] : undefined
    return check ? check(value, pointer) : refuse(`unsupported type: ${value.type}`, `${pointer}/type`)
  }
}

/** All of these must hold. */
export function both(...checks: readonly Check[]): Check {
  return (value, pointer) => checks.flatMap((check) => check(value, pointer))
}

/** A condition over a whole object, with Slack's wording for when it fails. */
export function holds(condition: (value: Record<string, unknown>) => boolean, message: string): Check {
  return (value, pointer) => (isObject(value) && !condition(value) ? refuse(message, pointer) : [])
}

/** Anything at all; for fields whose inside Slack does not look at. */
export const anything: Check = () => []

function refuse(message: string, pointer: string): readonly Problem[] {
  return [{ message, pointer }]
}
