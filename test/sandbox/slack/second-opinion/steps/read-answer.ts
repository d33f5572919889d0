import type { Answer } from '../compare.ts'
import type { World } from '../worlds.ts'

/** The arguments that name the incident's channel. */
export function inIncident(world: World): { channel: string } {
  return { channel: id(world, 'incident') }
}

/** What an earlier step learnt; throws when it did not. */
export function id(world: World, name: string, otherwise?: string): string {
  const found = world.known.get(name) ?? otherwise
  if (found === undefined) throw new Error(`no step learnt ${name}`)
  return found
}

/** A block of text. */
export function section(text: string) {
  return { type: 'section', text: { type: 'mrkdwn', text } }
}

/** The objects of a list; none when it is not there. */
export function listOf(value: unknown): Answer[] {
  return Array.isArray(value) ? (value as Answer[]) : []
}

/** Where the next page begins; empty at the end. */
export function cursorOf(answer: Answer): string {
  return String((answer.response_metadata as Answer | undefined)?.next_cursor ?? '')
}

/** Some fields of an object, in this order. */
export function pick(value: unknown, ...names: string[]): Answer {
  const from = value as Answer
  return Object.fromEntries(names.map((name) => [name, from[name]]))
}
