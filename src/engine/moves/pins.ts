import type { Utterance } from '../../domain/person.ts'
import type { EngineDeps } from '../deps.ts'
import { makeMove } from '../once.ts'

/** A message of an incident's thread. `author` is a person's id, or `salvor`; `saidAt` is ISO 8601 UTC. */
export interface PinnedMessage {
  readonly channel: string
  /** Slack's timestamp: what identifies it within its channel. */
  readonly ts: string
  readonly author: string
  readonly text: string
  readonly saidAt: string
}

/** Puts a message on the record, once however many people want it there. */
export async function pinMessage(
  deps: EngineDeps,
  said: Utterance,
  number: number,
  message: PinnedMessage,
): Promise<void> {
  await makeMove(deps, said, async (tx) => {
    await tx.lockIncident(number)
    if ((await tx.findPinned(number, message.ts))?.pinned) return null
    const { channel, ts, author, text, saidAt } = message
    const data = { channel, ts, author, text, saidAt }
    return tx.append(number, { type: 'message_pinned', actor: said.person.id, data })
  })
}

/** Takes a message off the record; what is not on it stays as it is. */
export async function unpinMessage(deps: EngineDeps, said: Utterance, number: number, ts: string): Promise<void> {
  await makeMove(deps, said, async (tx) => {
    await tx.lockIncident(number)
    if (!(await tx.findPinned(number, ts))?.pinned) return null
    return tx.append(number, { type: 'message_unpinned', actor: said.person.id, data: { ts } })
  })
}

/** Follows what became of a message on the record: `text` is what it says now, null once it was deleted. */
export async function followMessage(
  deps: EngineDeps,
  said: Utterance,
  number: number,
  of: { readonly ts: string; readonly text: string | null },
): Promise<void> {
  await makeMove(deps, said, async (tx) => {
    await tx.lockIncident(number)
    const known = await tx.findPinned(number, of.ts)
    if (!known?.pinned || known.text === of.text) return null
    const { ts, text } = of
    const actor = said.person.id
    return text === null
      ? tx.append(number, { type: 'message_deleted', actor, data: { ts } })
      : tx.append(number, { type: 'message_edited', actor, data: { ts, text } })
  })
}
