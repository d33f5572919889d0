import { presentMessage, readThread } from '../messages.ts'
import {
  announceChange,
  type Conversation,
  findUser,
  newId,
  openDirectMessage,
  recordViolation,
  type State,
} from '../state.ts'
import type { Message } from '../workspace.ts'
import {
  type Args,
  type Method,
  Refusal,
  readFlag,
  readText,
  requireConversation,
  requireMembership,
  requireText,
  takePage,
} from './method.ts'

/** conversations.info. */
export const getConversation: Method = (context, args) => ({
  channel: presentConversation(context.state, requireConversation(context, args)),
})

/** conversations.list: channels that the bot can see. */
export const listConversations: Method = (context, args) => {
  const { state } = context
  const types = (readText(args, 'types') ?? 'public_channel').split(',').map((one) => one.trim())
  const visible = [...state.conversations.values()].filter((one) => {
    if (one.directWith) return types.includes('im')
    if (one.isPrivate) return types.includes('private_channel') && one.members.has(state.workspace.bot.userId)
    return types.includes('public_channel')
  })
  const { page, response_metadata } = takePage(args, visible, 100, 1000)
  return { channels: page.map((one) => presentConversation(state, one)), response_metadata }
}

/** conversations.members. */
export const listMembers: Method = (context, args) => {
  const channel = requireConversation(context, args)
  const { page, response_metadata } = takePage(args, [...channel.members], 100, 1000)
  return { members: page, response_metadata }
}

/** conversations.history: newest first, without replies; metadata only on demand. */
export const readHistory: Method = (context, args) => {
  const channel = requireMembership(context, args)
  const roots = context.state.messages.filter(
    (message) => message.channel === channel.id && (!message.threadTs || message.broadcast),
  )
  return presentPage(context.state, args, keepBetween(args, roots).reverse())
}

/** conversations.replies: root first, then replies, oldest first. */
export const readReplies: Method = (context, args) => {
  const channel = requireMembership(context, args)
  const ts = requireText(args, 'ts', 'thread_not_found')
  const known = context.state.messages.find((one) => one.channel === channel.id && one.ts === ts)
  if (!known) throw new Refusal('thread_not_found')
  const [root, ...replies] = readThread(context.state, channel.id, known.threadTs ?? ts)
  return presentPage(context.state, args, [...(root ? [root] : []), ...keepBetween(args, replies)])
}

/** conversations.open: the direct message with one person. */
export const openConversation: Method = (context, args) => {
  const users = readText(args, 'users')
  if (!users && !readText(args, 'channel')) throw new Refusal('users_list_not_supplied')
  if (!users) return { channel: { id: requireConversation(context, args).id } }
  if (users.includes(',')) throw new Refusal('method_not_supported_for_channel_type')
  const user = findUser(context.state, users)
  if (user?.id !== users) throw new Refusal('user_not_found')
  const before = context.state.conversations.size
  const { id } = openDirectMessage(context.state, user.id)
  const wasOpen = context.state.conversations.size === before
  return { ...(wasOpen ? { no_op: true, already_open: true } : {}), channel: { id } }
}

/** conversations.join: public channels only. */
export const joinConversation: Method = (context, args) => {
  const channel = requireConversation(context, args)
  if (channel.directWith) throw new Refusal('method_not_supported_for_channel_type')
  channel.members.add(context.state.workspace.bot.userId)
  announceChange(context.state)
  return { channel: presentConversation(context.state, channel) }
}

/** conversations.create: lower-case names of at most 80 characters. */
export const createConversation: Method = (context, args) => {
  const name = requireText(args, 'name', 'invalid_name_required')
  if (name.length > 80) throw new Refusal('invalid_name_maxlength')
  if (!/^[a-z0-9_\-\p{L}]+$/u.test(name) || name !== name.toLowerCase()) throw new Refusal('invalid_name_specials')
  const all = [...context.state.conversations.values()]
  if (all.some((one) => one.name === name)) throw new Refusal('name_taken')
  const members = new Set([context.state.workspace.bot.userId])
  const created: Conversation = { id: newId('C'), name, isPrivate: readFlag(args, 'is_private'), members, topic: '' }
  context.state.conversations.set(created.id, created)
  announceChange(context.state)
  return { channel: presentConversation(context.state, created) }
}

/** conversations.setTopic: 250 characters. */
export const setTopic: Method = (context, args) => {
  const channel = requireMembership(context, args)
  const topic = readText(args, 'topic') ?? ''
  if (topic.length > 250) throw new Refusal('too_long')
  channel.topic = topic
  announceChange(context.state)
  return { channel: presentConversation(context.state, channel) }
}

function presentConversation(state: State, one: Conversation) {
  const isMember = one.members.has(state.workspace.bot.userId)
  if (one.directWith) return { id: one.id, is_im: true, user: one.directWith, is_archived: false }
  return {
    id: one.id,
    name: one.name,
    name_normalized: one.name,
    is_channel: !one.isPrivate,
    is_group: one.isPrivate,
    is_im: false,
    is_mpim: false,
    is_private: one.isPrivate,
    is_archived: false,
    is_member: isMember,
    num_members: one.members.size,
    topic: { value: one.topic, creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
  }
}

function keepBetween(args: Args, messages: readonly Message[]): Message[] {
  const oldest = readText(args, 'oldest') ?? '0'
  const latest = readText(args, 'latest') ?? '9999999999.999999'
  const inclusive = readFlag(args, 'inclusive')
  return messages.filter(({ ts }) => (ts > oldest && ts < latest) || (inclusive && (ts === oldest || ts === latest)))
}

function presentPage(state: State, args: Args, messages: readonly Message[]) {
  const { page, hasMore, response_metadata } = takePage(args, messages, 100, 999)
  if (Number(readText(args, 'limit') ?? 0) > 999)
    recordViolation(state, 'rule', 'conversations.history', 'invalid_limit', 'limit above 999 is capped')
  const withMetadata = readFlag(args, 'include_all_metadata')
  return {
    messages: page.map((message) => presentMessage(state, message, withMetadata)),
    has_more: hasMore,
    ...(hasMore ? { response_metadata } : {}),
  }
}
