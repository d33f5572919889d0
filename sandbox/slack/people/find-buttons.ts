import { isObject } from '../blocks/shape.ts'
import { describeBlocks, describeValue } from '../read/describe-blocks.ts'
import { findConversation, type State } from '../state.ts'
import type { Block, Ephemeral, Message, OpenView } from '../workspace.ts'
import type { ButtonPlace } from './person.ts'

/** Where an interactive element stands. */
export interface Placed {
  readonly element: Readonly<Record<string, unknown>>
  readonly block: Block
  readonly label: string
  readonly message?: Message
  readonly ephemeral?: Ephemeral
  readonly view?: OpenView
}

/** All interactive elements that a person could use now: those of the open modal, then of messages, newest first. */
export function findElements(state: State, user: string, place: ButtonPlace = {}): Placed[] {
  const modal = state.modals.get(user)?.at(-1)
  const home = state.homes.get(user)
  const anywhere = !place.message && !place.channel && !place.text && !place.dm
  const inViews = [modal, home].flatMap((view) => (view && anywhere ? listIn(view.view.blocks, { view }) : []))
  const messages = state.messages.filter((one) => state.conversations.get(one.channel)?.members.has(user))
  const ephemerals = state.ephemerals.filter((one) => one.user === user)
  const inMessages = [
    ...messages.map((message) => ({ entry: message, found: listIn(message.blocks, { message }) })),
    ...ephemerals.map((ephemeral) => ({ entry: ephemeral, found: listIn(ephemeral.blocks, { ephemeral }) })),
  ]
    .filter(({ entry }) => matchesPlace(state, entry, place))
    .sort((one, other) => (one.entry.ts < other.entry.ts ? 1 : -1))
    .flatMap(({ found }) => found)
  return [...inViews, ...inMessages]
}

/** Buttons among them, those in a carousel, card or container too. */
export function findButtons(state: State, user: string, place: ButtonPlace = {}): Placed[] {
  return findElements(state, user, place).filter(({ element }) =>
    ['button', 'icon_button'].includes(String(element.type)),
  )
}

/** True when a label begins so, or matches. Case and leading emoji are ignored. */
export function beginsWith(label: string, wanted: string | RegExp): boolean {
  if (wanted instanceof RegExp) return wanted.test(label)
  const plain = label.replace(/^[^\p{L}\p{N}]+/u, '').toLowerCase()
  return plain.startsWith(wanted.toLowerCase()) || label.startsWith(wanted)
}

function listIn(blocks: readonly Block[], source: Pick<Placed, 'message' | 'ephemeral' | 'view'>): Placed[] {
  return blocks.flatMap((block) => {
    const inner = [block.child_blocks, block.type === 'carousel' ? block.elements : []].flatMap((one) =>
      Array.isArray(one) ? (one as Block[]) : [],
    )
    const own = [block.accessory, block.element, block.elements, block.actions].flat().filter(isObject)
    const usable = own.filter((element) => element.action_id !== undefined && block.type !== 'input')
    const placed = usable.map((element) => ({ element, block, label: labelOf(element), ...source }))
    return [...placed, ...listIn(inner, source)]
  })
}

function labelOf(element: Record<string, unknown>): string {
  return describeValue(element.text ?? element.placeholder ?? element.action_id)
}

function matchesPlace(state: State, entry: Message | Ephemeral, place: ButtonPlace): boolean {
  if (place.message && entry.ts !== place.message) return false
  if (place.channel && entry.channel !== findConversation(state, place.channel)?.id) return false
  if (place.dm !== undefined && (state.conversations.get(entry.channel)?.directWith !== undefined) !== place.dm)
    return false
  return !place.text || place.text.test([entry.text, ...describeBlocks(entry.blocks)].join('\n'))
}
