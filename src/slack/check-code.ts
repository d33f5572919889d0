import { describeError, hintOf } from '../domain/errors/error-message.ts'
import { describeFailure } from '../domain/errors/fail.ts'
import type { Person } from '../domain/person.ts'

/** What is wrong with a one-time code, in words for the place below its input. */
export interface WrongCode {
  readonly said: string
}

/**
 * What is wrong with a person's one-time code; null once it is used up, `repeated` for a request that was seen before
 * (`claim` answers false), whose code is not even looked at: a copy of it must not lock the person out.
 */
export type CheckCode = (
  person: Person,
  code: string,
  view: string,
  claim?: () => Promise<boolean>,
) => Promise<WrongCode | 'repeated' | null>

/** Slack delivers again what was not acknowledged within seconds. */
const REMEMBER_MS = 60_000

/**
 * Uses codes up, each sending of a modal once: the second delivery of the same hears what the first one heard, because
 * a code that has counted would be refused the second time.
 */
export function createCodeCheck(use: (person: string, code: string) => Promise<void>): CheckCode {
  const known = new Map<string, Promise<WrongCode | 'repeated' | null>>()
  return (person, code, view, claim = async () => true) => {
    const key = `${view} ${person.id} ${code}`
    const before = known.get(key)
    if (before) return before
    const check = async () => {
      if (!(await claim())) return 'repeated'
      return use(person.id, code).then(
        () => null,
        (thrown: unknown) => {
          const failure = describeFailure(thrown, (text) => text)
          return { said: `${describeError(failure)} ${hintOf(failure)}` }
        },
      )
    }
    const checked = check()
    known.set(key, checked)
    setTimeout(() => known.delete(key), REMEMBER_MS).unref()
    return checked
  }
}
