import { z } from 'zod'

/*
 * What a string may be in what is kept for good: a row, an event, what a digest covers. A sentence of Salvor's is none of
 * these: it is kept as a code with its facts, and its words are made where they are shown. A test walks the schemas.
 */

/** A word of ours that programs read: a code of a catalogue, a state. */
export const code = z.string()
/** What something is called in the plan, on a target or in a register: a system, a step, a table, a role. */
export const name = z.string()
/** What tells one thing from all others: a job, a person, an approval, a digest, a channel. */
export const id = z.string()
/** A person's own words. */
export const typed = z.string()
/** What a tool or a server printed, redacted. */
export const printed = z.string()
/** A moment, ISO 8601 in UTC. */
export const time = z.iso.datetime()

/** Every kind of string that may be kept. */
export const storable: ReadonlySet<unknown> = new Set([code, name, id, typed, printed])
