import { messageOf } from '../../domain/errors/error-message.ts'
import { SalvorError } from '../../domain/errors/fail.ts'
import type { Utterance } from '../../domain/person.ts'
import type { Answer } from '../define-command.ts'
import type { PinnedMessage } from '../moves/pins.ts'
import { buildAnswerToError } from './answer-error.ts'
import { checkRight } from './check-right.ts'
import type { SayDeps } from './deps.ts'
import { normalise } from './normalise.ts'

/** What of one message goes into the journal; the rest stays where it was said. */
const longest = 3000

/** What people do with messages of an incident's thread beside saying words. */
export interface KeepRecord {
  /** A person wants a message on the record of the incident. Whoever may not is told so, privately. */
  pin(said: Utterance, incident: number, message: PinnedMessage): Promise<Answer>
  unpin(said: Utterance, incident: number, ts: string): Promise<void>
  /** An author changed a message, or deleted it (`text` is null). What is not on the record stays out of it. */
  follow(said: Utterance, incident: number, of: { readonly ts: string; readonly text: string | null }): Promise<void>
}

/** Keeps a record by the plan in force: whoever holds a role may put something on it. */
export function createRecord(deps: SayDeps, redact: (text: string) => string): KeepRecord {
  // As it was written and as it reads: a key needs its lines, and what cannot be seen may stand inside of a password.
  const clean = (text: string) => redact(normalise(redact(text))).slice(0, longest)
  return {
    async pin(said, incident, message) {
      try {
        const plan = await deps.plans.inForce()
        await checkRight(deps.roles, plan, said.person, { kind: 'any_role' }, 'put messages on the record')
        await deps.engine.pinMessage(said, incident, { ...message, text: clean(message.text) })
        return { kind: 'quiet' }
      } catch (thrown) {
        if (!(thrown instanceof SalvorError)) throw thrown
        await deps.engine.recordRefusal(said, incident, { words: ':pushpin:', ...messageOf(thrown) })
        return { kind: 'private', card: buildAnswerToError(thrown), refused: thrown.code }
      }
    },
    unpin: (said, incident, ts) => deps.engine.unpinMessage(said, incident, ts),
    follow: (said, incident, { ts, text }) =>
      deps.engine.followMessage(said, incident, { ts, text: text === null ? null : clean(text) }),
  }
}
