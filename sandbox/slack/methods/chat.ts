import { isObject } from '../blocks/shape.ts'
import { addEphemeral, addMessage, findMessage, presentMessage } from '../messages.ts'
import { announceChange, completeBlocks, findUser, openDirectMessage, recordViolation, type State } from '../state.ts'
import type { Message } from '../workspace.ts'
import {
  type Args,
  type Method,
  type MethodContext,
  Refusal,
  readBlocks,
  readFlag,
  readJson,
  readText,
  requireConversation,
  requireMembership,
  requireText,
} from './method.ts'

/** chat.postMessage: to a channel that the bot is in, or to a person by user id. */
export const postMessage: Method = (context, args) => {
  const { state } = context
  const target = readText(args, 'channel')
  const person = target ? findUser(state, target) : undefined
  const channel =
    person?.id === target && person ? openDirectMessage(state, person.id) : requireMembership(context, args)
  const content = readContent(context, args)
  const threadTs = readText(args, 'thread_ts')
  if (threadTs && !findRoot(state, channel.id, threadTs)) throw new Refusal('thread_not_found')
  const metadata = readMetadata(args)
  const message = addMessage(state, {
    channel: channel.id,
    user: state.workspace.bot.userId,
    byBot: true,
    ...content,
    ...(threadTs ? { threadTs } : {}),
    ...(metadata ? { metadata } : {}),
    broadcast: readFlag(args, 'reply_broadcast'),
  })
  return { channel: channel.id, ts: message.ts, message: presentMessage(state, message, true) }
}

/** chat.update: only own messages, text of at most 4,000 characters; absent blocks are retained. */
export const updateMessage: Method = (context, args) => {
  const { state } = context
  const channel = requireConversation(context, args)
  const message = requireOwnMessage(context, channel.id, args, 'cant_update_message')
  const text = readText(args, 'text')
  const blocks = readBlocks(context, args)
  const attachments = readJson(args, 'attachments', 'invalid_attachments')
  if (text === undefined && blocks === undefined && attachments === undefined) throw new Refusal('no_text')
  if (text !== undefined && text.length > 4000) throw new Refusal('msg_too_long')
  const metadata = readMetadata(args)
  if (text === undefined && blocks !== undefined) noteMissingFallback(state, 'chat.update')
  if (text !== undefined) message.text = text
  if (blocks !== undefined) message.blocks = completeBlocks(blocks)
  if (Array.isArray(attachments)) message.attachments = attachments
  if (metadata) message.metadata = metadata
  message.editedAt = state.now()
  message.edits += 1
  announceChange(state)
  return { channel: channel.id, ts: message.ts, text: message.text, message: presentMessage(state, message, true) }
}

/** chat.delete: only own messages. */
export const deleteMessage: Method = (context, args) => {
  const channel = requireConversation(context, args)
  const message = requireOwnMessage(context, channel.id, args, 'cant_delete_message')
  context.state.messages.splice(context.state.messages.indexOf(message), 1)
  announceChange(context.state)
  return { channel: channel.id, ts: message.ts }
}

/** chat.postEphemeral: both the bot and the person must be in the channel. */
export const postEphemeral: Method = (context, args) => {
  const { state } = context
  const channel = requireMembership(context, args)
  const user = findUser(state, requireText(args, 'user'))
  if (!user || !channel.members.has(user.id)) throw new Refusal('user_not_in_channel')
  const { text, blocks } = readContent(context, args)
  const threadTs = readText(args, 'thread_ts')
  if (threadTs && !findRoot(state, channel.id, threadTs)) throw new Refusal('thread_not_found')
  const where = { user: user.id, channel: channel.id, ...(threadTs ? { threadTs } : {}) }
  return { message_ts: addEphemeral(state, { ...where, text, blocks: blocks ?? [] }).ts }
}

/** chat.getPermalink. */
export const getPermalink: Method = (context, args) => {
  const channel = requireConversation(context, args)
  const ts = requireText(args, 'message_ts')
  const message = findMessage(context.state, channel.id, ts)
  if (!message) throw new Refusal('message_not_found')
  const thread = message.threadTs ? `?thread_ts=${message.threadTs}&cid=${channel.id}` : ''
  const permalink = `${context.baseUrl()}/archives/${channel.id}/p${ts.replace('.', '')}${thread}`
  return { channel: channel.id, permalink }
}

/** Text and blocks of a message; `no_text` when there is neither. */
function readContent(context: MethodContext, args: Args) {
  const blocks = readBlocks(context, args)
  const attachments = readJson(args, 'attachments', 'invalid_attachments')
  if (Array.isArray(attachments) && attachments.length > 100) throw new Refusal('too_many_attachments')
  const markdown = readText(args, 'markdown_text')
  if (markdown !== undefined && (blocks !== undefined || readText(args, 'text') !== undefined))
    throw new Refusal('markdown_text_conflict')
  const text = readText(args, 'text') ?? markdown
  if (text === undefined && !blocks?.length && !attachments) throw new Refusal('no_text')
  if (text === undefined) noteMissingFallback(context.state, 'chat.postMessage')
  if (text !== undefined && text.length > 40_000)
    recordViolation(context.state, 'rule', 'chat.postMessage', 'message_truncated', `${text.length} characters of text`)
  const list = Array.isArray(attachments) ? attachments : []
  return { text: (text ?? '').slice(0, 40_000), ...(blocks ? { blocks } : {}), attachments: list }
}

function noteMissingFallback(state: State, method: string): void {
  const detail = 'blocks without text: a lock screen shows no words'
  recordViolation(state, 'rule', method, 'missing_text_in_message', detail)
}

function findRoot(state: State, channel: string, ts: string): Message | undefined {
  const found = findMessage(state, channel, ts)
  return found?.threadTs ? undefined : found
}

function requireOwnMessage(context: MethodContext, channel: string, args: Args, otherwise: string): Message {
  const message = findMessage(context.state, channel, requireText(args, 'ts', 'message_not_found'))
  if (!message || message.isTombstone) throw new Refusal('message_not_found')
  if (!message.byBot) throw new Refusal(otherwise)
  return message
}

function readMetadata(args: Args): NonNullable<Message['metadata']> | undefined {
  const metadata = readJson(args, 'metadata', 'metadata_must_be_sent_as_json')
  if (metadata === undefined) return undefined
  if (!isObject(metadata) || typeof metadata.event_type !== 'string' || !isObject(metadata.event_payload))
    throw new Refusal('invalid_metadata_format')
  if (!/^[\w.-]{1,255}$/.test(metadata.event_type)) throw new Refusal('invalid_metadata_format')
  if (Object.values(metadata.event_payload).some((value) => typeof value === 'object' && value !== null))
    throw new Refusal('invalid_metadata_schema')
  // The documentation names metadata_too_large without a number; 16 kB is a cautious bound.
  if (JSON.stringify(metadata).length > 16_000) throw new Refusal('metadata_too_large')
  return { event_type: metadata.event_type, event_payload: metadata.event_payload }
}
