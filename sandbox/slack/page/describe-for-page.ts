import { presentMessage, readThread } from '../messages.ts'
import { presentView } from '../methods/views.ts'
import type { Desk } from '../people/desk.ts'
import { type Conversation, findConversation, findUser, openDirectMessage, type State } from '../state.ts'
import type { Ephemeral, Message } from '../workspace.ts'

/** What the page asks to see. */
interface Wanted {
  readonly person?: string
  readonly channel?: string
  readonly thread?: string
}

/** What one person sees of one conversation and one thread, as JSON for the page. */
export function describeForPage(desk: Desk, wanted: Wanted): Record<string, unknown> {
  const { state } = desk
  const { users, userGroups, bot, team } = state.workspace
  const person = findUser(state, wanted.person ?? '') ?? users[0]
  if (!person) throw new Error('nobody is in this workspace')
  openDirectMessage(state, person.id)
  const visible = [...state.conversations.values()].filter((one) => one.members.has(person.id))
  const channel = visible.find((one) => one.id === wanted.channel) ?? visible.find((one) => one.members.has(bot.userId))
  const modal = state.modals.get(person.id)?.at(-1)
  const home = state.homes.get(person.id)
  const here = (one: Message | Ephemeral) => one.channel === channel?.id
  const thread = wanted.thread && channel ? readThread(state, channel.id, wanted.thread) : []
  const privates = state.ephemerals.filter((one) => one.user === person.id && here(one))
  return {
    team,
    bot,
    users,
    userGroups,
    person: person.id,
    channels: visible.map((one) => describeChannel(state, one, person.id)),
    allChannels: [...state.conversations.values()].map(({ id, name }) => ({ id, name })),
    channel: channel?.id,
    messages: state.messages
      .filter((one) => here(one) && (!one.threadTs || one.broadcast))
      .map((one) => describeMessage(state, one)),
    thread: thread.map((one) => describeMessage(state, one)),
    ephemerals: privates.map(({ ts, text, blocks, threadTs }) => ({ ts, text, blocks, thread_ts: threadTs })),
    modal: modal ? { ...presentView(state, modal), errors: modal.errors } : null,
    homeWanted: desk.botEvents.has('app_home_opened'),
    home: home ? presentView(state, home) : null,
    notices: state.notices.filter((one) => one.user === person.id).slice(-3),
    notifications: state.notifications.filter((one) => one.user === person.id).slice(-20),
    newest: Object.fromEntries(state.notifications.map((one) => [one.user, one.ts])),
    violations: state.violations.slice(-100),
    violationCount: state.violations.length,
  }
}

function describeChannel(state: State, one: Conversation, person: string) {
  const { bot } = state.workspace
  const name = one.directWith ? bot.name : one.name
  const waiting = state.notifications.filter((note) => note.user === person && note.channel === one.id)
  const withBot = one.members.has(bot.userId)
  return {
    id: one.id,
    name,
    direct: one.directWith !== undefined,
    withBot,
    topic: one.topic,
    newest: waiting.at(-1)?.ts ?? '',
  }
}

function describeMessage(state: State, message: Message) {
  const files = message.files.map((id) => ({ id, name: state.files.get(id)?.name, preview: previewFile(state, id) }))
  const byBot = message.byBot
  const mention = findConversation(state, message.channel)?.id
  return { ...presentMessage(state, message), files, byBot, edits: message.edits, channel: mention }
}

/** The first lines of a text file; pictures are shown by the page itself. */
function previewFile(state: State, id: string): string {
  const file = state.files.get(id)
  if (!file || !/\.(md|txt|log|csv|json|sql|ya?ml)$/i.test(file.name)) return ''
  return file.content.subarray(0, 4000).toString('utf8').split('\n').slice(0, 40).join('\n')
}
