import { messageOf } from '../../domain/errors/error-message.ts'
import { SalvorError } from '../../domain/errors/fail.ts'
import type { Person, Utterance } from '../../domain/person.ts'
import type { RecoveryPlan } from '../../domain/recovery-plan.ts'
import type { Clock } from '../../ports/clock.ts'
import type { RoleBook } from '../../ports/plans.ts'
import type { Engine } from '../engine.ts'

/** What of the words of somebody without a role is read. */
export const outsiderCharacters = 500
const MOST_A_MINUTE = 5
const WINDOW_MS = 60_000

/** People without a role: few words, few times, and few lines of theirs in the journal. */
export interface Outsiders {
  /** Counts one more time. `refuse` says so once; after that `drop`. */
  take(person: Person): 'read' | 'refuse' | 'drop'
  /** True for the first refusal of a person within a minute: the others are counted into one event. */
  isWorthAnEvent(said: Utterance, incident: number | null): boolean
}

interface Window {
  readonly from: number
  asked: number
  refused: number
}

/** Throws `words_too_many`. */
export function failTooMany(): never {
  throw new SalvorError('words_too_many', { most: MOST_A_MINUTE })
}

/** Keeps count in this process; what was counted is journaled when its minute is over. */
export function createOutsiders(of: {
  readonly clock: Clock
  readonly engine: Pick<Engine, 'recordRefusal'>
  /** Calls back after so many milliseconds, without keeping the process alive. */
  readonly later?: (ms: number, act: () => void) => void
}): Outsiders {
  const windows = new Map<string, Window>()
  const { later = (ms, act) => void setTimeout(act, ms).unref() } = of
  const open = (person: string): Window => {
    const now = of.clock.now().getTime()
    for (const [id, { from }] of windows) if (now - from >= WINDOW_MS) windows.delete(id)
    const window = windows.get(person) ?? { from: now, asked: 0, refused: 0 }
    windows.set(person, window)
    return window
  }
  return {
    take(person) {
      const window = open(person.id)
      window.asked += 1
      return window.asked <= MOST_A_MINUTE ? 'read' : window.asked === MOST_A_MINUTE + 1 ? 'refuse' : 'drop'
    },
    isWorthAnEvent(said, incident) {
      const window = open(said.person.id)
      window.refused += 1
      if (window.refused > 1) return false
      later(WINDOW_MS, () => {
        const more = Math.max(window.refused, window.asked) - 1
        if (more === 0) return
        const refused = messageOf(new SalvorError('words_too_many', { most: MOST_A_MINUTE }))
        const counted = { words: `(${more} more within a minute)`, ...refused }
        void of.engine
          .recordRefusal({ ...said, requestId: `${said.requestId}/counted` }, incident, counted)
          .catch(() => {})
      })
      return true
    },
  }
}

/** True for somebody who surely holds no role; while a group cannot be looked up nobody is taken for an outsider. */
export async function isOutsider(roles: RoleBook, plan: RecoveryPlan, person: Person): Promise<boolean> {
  const answers = await Promise.allSettled(Object.keys(plan.roles).map((role) => roles.holds(person, role)))
  return answers.every((answer) => answer.status === 'fulfilled' && !answer.value)
}
