import { describeReactions, findMessage, presentMessage } from '../messages.ts'
import { announceChange, type State } from '../state.ts'
import type { Message } from '../workspace.ts'
import {
  type Args,
  type Method,
  type MethodContext,
  Refusal,
  readText,
  requireMembership,
  requireText,
} from './method.ts'

/** reactions.add by the bot. */
export const addReaction: Method = (context, args) => {
  const message = requireMessage(context, args)
  react(context.state, message, requireText(args, 'name', 'invalid_name'), context.state.workspace.bot.userId)
  return {}
}

/** reactions.remove: only what the bot itself added. */
export const removeReaction: Method = (context, args) => {
  const message = requireMessage(context, args)
  const name = requireText(args, 'name', 'invalid_name').replaceAll(':', '')
  const users = message.reactions.get(name)
  if (!users?.delete(context.state.workspace.bot.userId)) throw new Refusal('no_reaction')
  if (users.size === 0) message.reactions.delete(name)
  announceChange(context.state)
  return {}
}

/** Adds a person's or the bot's reaction; the same one twice is refused. */
export function react(state: State, message: Message, emoji: string, user: string): void {
  const name = emoji.replaceAll(':', '')
  if (!/^[\w+'-]+$/.test(name)) throw new Refusal('invalid_name')
  const users = message.reactions.get(name) ?? new Set()
  if (users.has(user)) throw new Refusal('already_reacted')
  message.reactions.set(name, users.add(user))
  announceChange(state)
}

/** reactions.get. */
export const getReactions: Method = (context, args) => {
  const message = requireMessage(context, args)
  const presented = { ...presentMessage(context.state, message), reactions: describeReactions(message) }
  return { type: 'message', channel: message.channel, message: presented }
}

/** pins.add: a message can be pinned once. */
export const addPin: Method = (context, args) => {
  const { channel, ts } = requireMessage(context, args)
  if (context.state.pins.some((pin) => pin.channel === channel && pin.ts === ts)) throw new Refusal('already_pinned')
  context.state.pins.push({ channel, ts })
  announceChange(context.state)
  return {}
}

/** bookmarks.add: a link at the top of a channel. */
export const addBookmark: Method = (context, args) => {
  const channel = requireMembership(context, { channel: readText(args, 'channel_id') })
  const title = requireText(args, 'title', 'invalid_arguments')
  const link = requireText(args, 'link', 'invalid_link')
  if (readText(args, 'type') !== 'link') throw new Refusal('invalid_bookmark_type')
  if (!/^https?:/.test(link)) throw new Refusal('invalid_link')
  context.state.bookmarks.push({ channel: channel.id, title, link })
  announceChange(context.state)
  return { bookmark: { id: `Bk${context.state.bookmarks.length}`, channel_id: channel.id, title, link, type: 'link' } }
}

function requireMessage(context: MethodContext, args: Args): Message {
  const channel = requireMembership(context, args)
  const message = findMessage(context.state, channel.id, requireText(args, 'timestamp', 'no_item_specified'))
  if (!message) throw new Refusal('message_not_found')
  return message
}
