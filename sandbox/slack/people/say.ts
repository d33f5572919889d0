import { isObject } from '../blocks/shape.ts'
import type { Delivered } from '../deliver/dispatch.ts'
import { addMessage, findMessage } from '../messages.ts'
import { Refusal } from '../methods/method.ts'
import { announceChange, type Conversation, findConversation, openDirectMessage, recordViolation } from '../state.ts'
import { attachFiles, presentFiles, shareFiles } from './attach.ts'
import { type Desk, describeActor, noticeFailure } from './desk.ts'
import { escapeText } from './escape-text.ts'
import { tellMessage } from './mark.ts'
import type { Spoken, Where } from './person.ts'

/** Says something as a person: a slash command, a mention of the bot, or a plain message. */
export async function say(desk: Desk, user: string, typed: string, where: Where): Promise<Spoken> {
  const { state } = desk
  desk.faults.needSlack()
  const channel = findPlace(desk, user, where.channel)
  if (!channel.members.has(user)) throw new Error(`${user} is not a member of ${channel.name}`)
  if (where.thread && !findMessage(state, channel.id, where.thread))
    throw new Error(`there is no thread ${where.thread} in ${channel.name}`)
  const ofMe = /^\/me\s+/.exec(typed)
  if (typed.startsWith('/') && !ofMe) return sayCommand(desk, user, typed, channel, where.thread)
  const text = escapeText(state, ofMe ? typed.slice(ofMe[0].length) : typed, 'message')
  const thread = where.thread ? { threadTs: where.thread } : {}
  const broadcast = where.alsoToChannel === true && where.thread !== undefined
  const files = attachFiles(state, user, where)
  const message = addMessage(state, { channel: channel.id, user, byBot: false, text, ...thread, files, broadcast })
  shareFiles(state, message)
  const subtype = ofMe ? 'me_message' : broadcast ? 'thread_broadcast' : files.length > 0 ? 'file_share' : undefined
  const form = {
    ...(subtype ? { subtype } : {}),
    ...(files.length > 0 ? presentFiles(state, files, desk.baseUrl()) : {}),
  }
  // What is said of oneself is no mention: only the event of the message itself is sent.
  const event = ofMe && !channel.directWith ? undefined : chooseEvent(desk, channel, text)
  // In a channel every message is an event of its own, beside the one for a mention in it.
  const plain = { ...form, user, text, ts: message.ts, event_ts: message.ts, team: state.workspace.team.id }
  const inThread = where.thread ? { thread_ts: where.thread } : {}
  if (!channel.directWith) void tellMessage(desk, channel, { ...plain, ...inThread }).catch(() => undefined)
  if (!event) return { ackMs: 0, status: 0, ackBody: '', ephemerals: [], ts: message.ts }
  const before = state.ephemerals.length
  const answer = await desk.dispatch.event({
    type: event,
    ...form,
    user,
    text,
    ts: message.ts,
    event_ts: message.ts,
    channel: channel.id,
    team: state.workspace.team.id,
    ...(where.thread ? { thread_ts: where.thread } : {}),
    ...(event === 'message' ? { channel_type: 'im' } : {}),
  })
  return { ...summarise(desk, user, answer, before), ts: message.ts }
}

/** Mentions reach the bot where it is a member; in its direct messages every message does. */
function chooseEvent(desk: Desk, channel: Conversation, text: string): 'app_mention' | 'message' | undefined {
  const bot = desk.state.workspace.bot.userId
  if (channel.directWith) return desk.botEvents.has('message.im') ? 'message' : undefined
  const mentioned = text.includes(`<@${bot}>`) && channel.members.has(bot)
  return mentioned && desk.botEvents.has('app_mention') ? 'app_mention' : undefined
}

async function sayCommand(
  desk: Desk,
  user: string,
  typed: string,
  channel: Conversation,
  thread: string | undefined,
): Promise<Spoken> {
  const { state } = desk
  const [command = '', rest = ''] = splitOnce(typed)
  if (thread) {
    const notice = `${command} is not supported in threads. Sorry!`
    noticeFailure(desk, user, notice)
    announceChange(state)
    return { ackMs: 0, status: 0, ackBody: '', ephemerals: [], notice }
  }
  const actor = describeActor(desk, user)
  const before = state.ephemerals.length
  const answer = await desk.dispatch.command({
    token: actor.token,
    team_id: actor.team.id,
    team_domain: actor.team.domain,
    channel_id: channel.id,
    channel_name: channel.directWith ? 'directmessage' : channel.isPrivate ? 'privategroup' : channel.name,
    user_id: user,
    user_name: actor.user.name,
    command,
    text: escapeText(state, rest, 'command'),
    api_app_id: actor.api_app_id,
    is_enterprise_install: 'false',
    response_url: desk.responseUrls.issue({ user, channel: channel.id }),
    trigger_id: desk.triggers.issue(user),
  })
  if (answer.ok) showAcknowledgement(desk, user, channel.id, answer.payload)
  else noticeFailure(desk, user, `${command} failed with the error "${answer.failure ?? 'dispatch_failed'}"`)
  announceChange(state)
  return summarise(desk, user, answer, before)
}

/** An acknowledgement may carry an answer: words, or a message as JSON. */
function showAcknowledgement(desk: Desk, user: string, channel: string, payload: unknown): void {
  const body = typeof payload === 'string' ? { text: payload } : payload
  if (!isObject(body) || Object.keys(body).length === 0) return
  try {
    desk.responseUrls.show({ user, channel }, body)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    recordViolation(desk.state, 'refused', 'slash_command', error.error, JSON.stringify(error.extra))
  }
}

function summarise(desk: Desk, user: string, answer: Delivered, before: number): Spoken {
  const { ackMs, status, ackBody, failure } = answer
  const ephemerals = desk.state.ephemerals.slice(before).filter((one) => one.user === user)
  return { ackMs, status, ackBody, ephemerals, ...(failure ? { notice: failure } : {}) }
}

function findPlace(desk: Desk, user: string, channel: string): Conversation {
  const bot = desk.state.workspace.bot
  if (channel === `@${bot.name}` || channel === bot.userId) return openDirectMessage(desk.state, user)
  const found = findConversation(desk.state, channel)
  if (!found) throw new Error(`there is no channel ${channel}`)
  return found
}

function splitOnce(typed: string): readonly string[] {
  const space = typed.search(/\s/)
  return space < 0 ? [typed, ''] : [typed.slice(0, space), typed.slice(space + 1)]
}
