import type { Core } from './app.ts'
import { messageOf } from './domain/errors/error-message.ts'
import type { SalvorError } from './domain/errors/fail.ts'
import type { Utterance } from './domain/person.ts'
import type { SayDeps } from './engine/say/deps.ts'
import { normalise } from './engine/say/normalise.ts'

/** Milliseconds in which one fault of requests is journaled once: who reaches the port must not fill the journal. */
const ONCE_IN_MS = 60_000

/**
 * Journals in `system` what Slack's side refused by itself: words said where the bot may not speak, and requests
 * that Slack did not send so. Never throws: a refusal stands although the store cannot keep it.
 */
export function createRefusalJournal(
  core: Pick<Core, 'store' | 'log'>,
  say: Pick<SayDeps, 'engine' | 'clock'>,
): (error: SalvorError, words: { readonly said: Utterance; readonly text: string } | null) => void {
  const lastAt = new Map<string, number>()
  const isDue = (code: string) => {
    const now = say.clock.now().getTime()
    const due = now - (lastAt.get(code) ?? Number.NEGATIVE_INFINITY) >= ONCE_IN_MS
    if (due) lastAt.set(code, now)
    return due
  }
  return (error, words) => {
    if (words === null && !isDue(error.code)) return
    const data = { words: normalise((words?.text ?? '').slice(0, 500)), ...messageOf(error) }
    const journaled: Promise<unknown> = words
      ? say.engine.recordRefusal(words.said, null, data)
      : core.store.transaction((tx) => tx.append(0, { type: 'refused', actor: 'salvor', data }))
    journaled.catch((error: unknown) => core.log.warn({ error: String(error) }, 'a refusal could not be journaled'))
  }
}
