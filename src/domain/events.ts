import type { z } from 'zod'
import type { eventSchemas } from './event-schemas.ts'

/** What each kind of event carries. */
export type EventMap = { [Type in keyof typeof eventSchemas]: z.infer<(typeof eventSchemas)[Type]> }

export type EventType = keyof EventMap

/** A fact of one incident's journal. */
export type Event<T extends EventType = EventType> = {
  [K in T]: {
    readonly incident: number
    /** Counts from 1 in its incident, without gaps. */
    readonly no: number
    readonly at: string
    readonly type: K
    readonly job: string | null
    /** Person id, or `salvor` for what follows by itself. */
    readonly actor: string
    readonly data: EventMap[K]
    readonly prevHash: string
    readonly hash: string
    /** The text that was hashed. */
    readonly content?: string
  }
}[T]

/** A fact that is about to be journaled. */
export type NewEvent<T extends EventType = EventType> = {
  [K in T]: { readonly type: K; readonly job?: string | null; readonly actor: string; readonly data: EventMap[K] }
}[T]
