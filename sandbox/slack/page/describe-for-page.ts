import { presentMessage, readThread } from '../messages.ts'
import { presentView } from '../methods/views.ts'
import type { Desk } from '../people/desk.ts'
import { type Conversation, findUser, openDirectMessage, type State } from '../state.ts'
import type { Ephemeral, Message } from '../workspace.ts'
import { listFaults } from './fault-switches.ts'
import { readAloud } from './read-aloud.ts'
import type { PageConversation, PageEphemeral, PageFileHint, PageMessage, PageState, PageView } from './wire.ts'

/** What the page asks to see. */
interface Wanted {
  readonly person?: string
  readonly channel?: string
  readonly thread?: string
}

/** What one person sees of one conversation and one thread. Unknown wishes fall back to the first that there is. */
export function describeForPage(desk: Desk, wanted: Wanted): PageState {
  const { state } = desk
  const { users, userGroups, bot, team } = state.workspace
  const person = findUser(state, wanted.person ?? '') ?? users[0]
  if (!person) throw new Error('nobody is in this workspace')
  const own = openDirectMessage(state, person.id)
  // Whoever takes another one's place while talking with the app talks with it as that one.
  const wish = state.conversations.get(wanted.channel ?? '')?.directWith ? own.id : wanted.channel
  const visible = [...state.conversations.values()].filter((one) => one.members.has(person.id))
  const channel = visible.find((one) => one.id === wish) ?? visible.find((one) => one.members.has(bot.userId))
  const home = state.homes.get(person.id)
  const here = (one: Message | Ephemeral) => one.channel === channel?.id
  const thread = wanted.thread && channel ? readThread(state, channel.id, wanted.thread) : []
  const notes = state.notifications.filter((one) => one.user === person.id).slice(-50)
  return {
    team,
    bot,
    users,
    userGroups,
    person: person.id,
    channels: visible.map((one) => describeChannel(state, one, person.id)),
    allChannels: [...state.conversations.values()].map(({ id, name }) => ({ id, name })),
    ...(channel ? { channel: channel.id } : {}),
    messages: state.messages
      .filter((one) => here(one) && (!one.threadTs || one.broadcast))
      .map((one) => describeMessage(state, one)),
    thread: thread.map((one) => describeMessage(state, one)),
    ephemerals: state.ephemerals.filter((one) => one.user === person.id && here(one)).map(describeEphemeral),
    modal: describeModal(state, person.id),
    homeWanted: desk.botEvents.has('app_home_opened'),
    home: home ? (presentView(state, home) as unknown as PageView) : null,
    notices: state.notices.filter((one) => one.user === person.id).slice(-3),
    notifications: notes.map((one) => ({ ...one, text: readAloud(state, one.text) })),
    newest: Object.fromEntries(state.notifications.map((one) => [one.user, one.ts])),
    violations: state.violations.slice(-100),
    violationCount: state.violations.length,
    faults: listFaults(desk),
  }
}

function describeModal(state: State, person: string): PageView | null {
  const open = state.modals.get(person)?.at(-1)
  return open ? ({ ...presentView(state, open), errors: open.errors } as unknown as PageView) : null
}

function describeChannel(state: State, one: Conversation, person: string): PageConversation {
  const { bot } = state.workspace
  const waiting = state.notifications.findLast((note) => note.user === person && note.channel === one.id)
  // One's own words are not news to oneself.
  const said = state.messages.findLast(
    (message) => message.channel === one.id && message.user !== person && (!message.threadTs || message.broadcast),
  )
  return {
    id: one.id,
    name: one.directWith ? bot.name : one.name,
    direct: one.directWith !== undefined,
    withBot: one.members.has(bot.userId),
    topic: one.topic,
    newest: waiting?.ts ?? '',
    newestMessage: said?.ts ?? '',
  }
}

function describeMessage(state: State, message: Message): PageMessage {
  const { user, text, ts, channel, byBot, edits, editedAt } = message
  return {
    ...presentMessage(state, message),
    ...{ user, text, ts, channel, byBot, edits },
    ...(editedAt === undefined ? {} : { editedAt }),
    files: message.files.flatMap((id) => describeFile(state, id)),
  }
}

function describeEphemeral({ ts, text, blocks, threadTs }: Ephemeral): PageEphemeral {
  return { ts, text, blocks, ...(threadTs ? { thread_ts: threadTs } : {}) }
}

const PREVIEW_LINES = 12
const PREVIEW_BYTES = 4000

/** The first lines of a text file; pictures are shown by the page itself. */
function describeFile(state: State, id: string): PageFileHint[] {
  const file = state.files.get(id)
  if (!file) return []
  const { name, content } = file
  const isText = /\.(md|txt|log|csv|json|sql|ya?ml|diff|patch|conf)$/i.test(name)
  const whole = isText ? content.subarray(0, PREVIEW_BYTES).toString('utf8') : ''
  const lines = whole.trimEnd().split('\n')
  const cut = isText && (content.length > PREVIEW_BYTES || lines.length > PREVIEW_LINES)
  return [{ id, name, size: content.length, preview: lines.slice(0, PREVIEW_LINES).join('\n'), cut }]
}
