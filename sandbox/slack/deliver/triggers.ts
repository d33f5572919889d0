import { randomBytes } from 'node:crypto'
import { Refusal } from '../methods/method.ts'

/** Trigger ids: 3 s of life, one use. */
export interface Triggers {
  issue(user: string): string
  /** The person who caused the trigger; throws the refusal that Slack answers otherwise. */
  exchange(id: string): string
}

const LIFE_MS = 3000

/** Keeps trigger ids by a clock in milliseconds. */
export function createTriggers(now: () => number): Triggers {
  const issued = new Map<string, { user: string; at: number; used: boolean }>()
  return {
    issue(user) {
      const id = `${Math.floor(now())}.${randomBytes(5).readUIntBE(0, 5)}.${randomBytes(16).toString('hex')}`
      issued.set(id, { user, at: now(), used: false })
      return id
    },
    exchange(id) {
      const trigger = issued.get(id)
      if (!trigger) throw new Refusal('invalid_trigger_id')
      if (trigger.used) throw new Refusal('exchanged_trigger_id')
      if (now() - trigger.at > LIFE_MS) throw new Refusal('expired_trigger_id')
      trigger.used = true
      return trigger.user
    },
  }
}
