import { presentFile } from './present-file.ts'
import { announceChange, completeBlocks, nextTimestamp, type State } from './state.ts'
import type { Block, Ephemeral, Message } from './workspace.ts'

/** What a new message consists of. */
export interface NewMessage {
  readonly channel: string
  readonly user: string
  readonly byBot: boolean
  readonly text: string
  readonly threadTs?: string
  readonly blocks?: readonly Block[]
  readonly attachments?: readonly unknown[]
  readonly metadata?: Message['metadata']
  readonly files?: readonly string[]
  readonly broadcast?: boolean
}

/** Puts a message into a conversation, and notifies those whom it concerns. */
export function addMessage(state: State, fresh: NewMessage): Message {
  const message: Message = {
    channel: fresh.channel,
    ts: nextTimestamp(state),
    ...(fresh.threadTs ? { threadTs: fresh.threadTs } : {}),
    user: fresh.user,
    byBot: fresh.byBot,
    text: fresh.text,
    blocks: completeBlocks(fresh.blocks ?? []),
    attachments: fresh.attachments ?? [],
    ...(fresh.metadata ? { metadata: fresh.metadata } : {}),
    edits: 0,
    files: fresh.files ?? [],
    reactions: new Map(),
    broadcast: fresh.broadcast ?? false,
    at: state.now(),
  }
  state.messages.push(message)
  notifyPeople(state, message)
  announceChange(state)
  return message
}

/** Puts a message in front of one person only. */
export function addEphemeral(state: State, fresh: Omit<Ephemeral, 'ts' | 'at'>): Ephemeral {
  const ephemeral: Ephemeral = {
    ...fresh,
    blocks: completeBlocks(fresh.blocks),
    ts: nextTimestamp(state),
    at: state.now(),
  }
  state.ephemerals.push(ephemeral)
  announceChange(state)
  return ephemeral
}

/** Finds one message by its channel and timestamp. */
export function findMessage(state: State, channel: string, ts: string): Message | undefined {
  return state.messages.find((message) => message.channel === channel && message.ts === ts)
}

/** Root and replies of a thread, oldest first. */
export function readThread(state: State, channel: string, rootTs: string): Message[] {
  return state.messages.filter(
    (message) => message.channel === channel && (message.ts === rootTs || message.threadTs === rootTs),
  )
}

/** A message in the shape in which the Web API and payloads carry it. */
export function presentMessage(state: State, message: Message, withMetadata = false): Record<string, unknown> {
  const replies = state.messages.filter((one) => one.channel === message.channel && one.threadTs === message.ts)
  const { bot } = state.workspace
  return {
    type: 'message',
    user: message.user,
    ...(message.byBot && !message.isTombstone ? { bot_id: bot.botId, app_id: bot.appId } : {}),
    text: message.text,
    ts: message.ts,
    team: state.workspace.team.id,
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
    ...(message.attachments.length > 0 ? { attachments: message.attachments } : {}),
    ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    ...(replies.length > 0 ? describeReplies(message, replies) : {}),
    ...(message.editedAt
      ? { edited: { user: message.user, ts: `${Math.floor(message.editedAt / 1000)}.000000` } }
      : {}),
    ...(message.files.length > 0 ? { subtype: 'file_share', upload: true, files: presentFiles(state, message) } : {}),
    ...(message.metadata
      ? { metadata: withMetadata ? message.metadata : { event_type: message.metadata.event_type } }
      : {}),
    ...(message.reactions.size > 0 ? { reactions: describeReactions(message) } : {}),
    ...(message.isTombstone ? { subtype: 'tombstone', user: 'USLACKBOT', hidden: true } : {}),
  }
}

/** The reactions of a message as the Web API lists them. */
export function describeReactions(message: Message) {
  return [...message.reactions].map(([name, users]) => ({ name, users: [...users], count: users.size }))
}

function presentFiles(state: State, message: Message) {
  return message.files.flatMap((id) => {
    const file = state.files.get(id)
    return file ? [presentFile(state, file)] : []
  })
}

function describeReplies(root: Message, replies: readonly Message[]) {
  const users = [...new Set(replies.map((one) => one.user))]
  return {
    thread_ts: root.ts,
    reply_count: replies.length,
    reply_users_count: users.length,
    reply_users: users,
    latest_reply: replies.at(-1)?.ts,
  }
}

function notifyPeople(state: State, message: Message): void {
  const conversation = state.conversations.get(message.channel)
  const body = `${message.text} ${JSON.stringify(message.blocks)}`
  for (const { id } of state.workspace.users) {
    if (id === message.user || !conversation?.members.has(id)) continue
    const direct = conversation.directWith === id
    if (!direct && !isMentioned(state, body, id)) continue
    const { channel, ts, text, threadTs } = message
    state.notifications.push({
      user: id,
      channel,
      ts,
      ...(threadTs ? { threadTs } : {}),
      text,
      why: direct ? 'direct message' : 'mention',
      at: message.at,
    })
  }
}

function isMentioned(state: State, body: string, user: string): boolean {
  if (body.includes(`<@${user}>`) || body.includes(`<@${user}|`) || body.includes(`"user_id":"${user}"`)) return true
  if (/<!(here|channel|everyone)[|>]/.test(body)) return true
  return state.workspace.userGroups.some(
    (group) =>
      group.users.includes(user) &&
      (body.includes(`<!subteam^${group.id}`) || body.includes(`"usergroup_id":"${group.id}"`)),
  )
}
