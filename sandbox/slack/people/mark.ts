import { findMessage, presentMessage, readThread } from '../messages.ts'
import { react } from '../methods/marks.ts'
import { announceChange, type Conversation, findConversation, nextTimestamp } from '../state.ts'
import type { Message } from '../workspace.ts'
import type { Desk } from './desk.ts'
import { escapeText } from './escape-text.ts'

interface Place {
  readonly channel: string
  readonly ts: string
}

/** Adds a person's emoji to a message, and tells the app if it wants to know. */
export async function addEmoji(desk: Desk, user: string, emoji: string, place: Place): Promise<void> {
  const { channel, message } = findPlace(desk, place)
  react(desk.state, message, emoji, user)
  await tellReaction(desk, 'reaction_added', user, emoji, channel, message)
}

/** Takes a person's own emoji away. */
export async function removeEmoji(desk: Desk, user: string, emoji: string, place: Place): Promise<void> {
  const { channel, message } = findPlace(desk, place)
  const name = emoji.replaceAll(':', '')
  const users = message.reactions.get(name)
  if (!users?.delete(user)) throw new Error(`${user} has not put ${name} there`)
  if (users.size === 0) message.reactions.delete(name)
  announceChange(desk.state)
  await tellReaction(desk, 'reaction_removed', user, emoji, channel, message)
}

/** Changes a person's own message. */
export async function editMessage(desk: Desk, user: string, place: Place, typed: string): Promise<void> {
  const { channel, message } = findOwn(desk, user, place)
  const before = presentMessage(desk.state, message)
  message.text = escapeText(desk.state, typed, 'message')
  message.editedAt = desk.state.now()
  message.edits += 1
  announceChange(desk.state)
  const now = presentMessage(desk.state, message)
  await tellMessage(desk, channel, { subtype: 'message_changed', message: now, previous_message: before, hidden: true })
  await mentionAgain(desk, user, channel, message)
}

/** Slack tells of a mention anew when its message is edited: another event id, the same timestamp, and `edited`. */
async function mentionAgain(desk: Desk, user: string, channel: Conversation, message: Message): Promise<void> {
  const { bot, team } = desk.state.workspace
  if (channel.directWith || !message.text.includes(`<@${bot.userId}>`) || !hears(desk, channel, 'app_mention')) return
  const { ts, text, threadTs } = message
  const seconds = Math.floor((message.editedAt ?? 0) / 1000)
  await desk.dispatch.event({
    ...{ type: 'app_mention', user, text, ts, channel: channel.id, team: team.id, event_ts: nextTimestamp(desk.state) },
    ...(threadTs ? { thread_ts: threadTs } : {}),
    edited: { user, ts: `${seconds}.000000` },
  })
}

/** Deletes a person's own message, or any as an administrator; one with replies leaves a tombstone. */
export async function deleteMessage(desk: Desk, user: string, place: Place): Promise<void> {
  const { state } = desk
  const isAdmin = state.workspace.users.some((one) => one.id === user && one.isAdmin)
  const { channel, message } = isAdmin ? findPlace(desk, place) : findOwn(desk, user, place)
  const before = presentMessage(state, message)
  if (readThread(state, channel.id, message.ts).length > 1) {
    const metadata = message.metadata
    Object.assign(message, { text: 'This message was deleted.', blocks: [], attachments: [], isTombstone: true })
    if (metadata) delete message.metadata
    const tombstone = presentMessage(state, message)
    announceChange(state)
    const changed = { subtype: 'message_changed', message: tombstone, previous_message: before, hidden: true }
    return tellMessage(desk, channel, changed)
  }
  state.messages.splice(state.messages.indexOf(message), 1)
  announceChange(state)
  const gone = { subtype: 'message_deleted', deleted_ts: message.ts, previous_message: before, hidden: true }
  await tellMessage(desk, channel, gone)
}

/** Tells the app of a message in a channel that it is in, if it wants to know. */
export async function tellMessage(desk: Desk, channel: Conversation, event: Record<string, unknown>): Promise<void> {
  const wanted = channel.directWith ? 'message.im' : channel.isPrivate ? 'message.groups' : 'message.channels'
  if (!hears(desk, channel, wanted)) return
  const eventTs = nextTimestamp(desk.state)
  const kind = channel.directWith ? 'im' : channel.isPrivate ? 'group' : 'channel'
  await desk.dispatch.event({
    ...{ type: 'message', channel: channel.id, ts: eventTs, event_ts: eventTs, channel_type: kind },
    ...event,
  })
}

async function tellReaction(
  desk: Desk,
  type: 'reaction_added' | 'reaction_removed',
  user: string,
  emoji: string,
  channel: Conversation,
  message: Message,
): Promise<void> {
  if (!hears(desk, channel, type)) return
  await desk.dispatch.event({
    ...{ type, user, reaction: emoji.replaceAll(':', ''), item_user: message.user },
    item: { type: 'message', channel: channel.id, ts: message.ts },
    event_ts: nextTimestamp(desk.state),
  })
}

/** The app hears only what it subscribed to, where it is a member. */
function hears(desk: Desk, channel: Conversation, event: string): boolean {
  const { bot } = desk.state.workspace
  return desk.botEvents.has(event) && (channel.directWith !== undefined || channel.members.has(bot.userId))
}

function findPlace(desk: Desk, place: Place) {
  const channel = findConversation(desk.state, place.channel)
  const message = channel && findMessage(desk.state, channel.id, place.ts)
  if (!message) throw new Error(`there is no message ${place.ts} in ${place.channel}`)
  return { channel, message }
}

function findOwn(desk: Desk, user: string, place: Place) {
  const found = findPlace(desk, place)
  if (found.message.user !== user) throw new Error(`the message ${place.ts} is not of ${user}`)
  return found
}
