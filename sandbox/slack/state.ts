import { randomBytes } from 'node:crypto'
import { EventEmitter } from 'node:events'
import type {
  ApiCall,
  Block,
  Ephemeral,
  Message,
  Notification,
  OpenView,
  StoredFile,
  Violation,
  Workspace,
  WorkspaceChannel,
} from './workspace.ts'

/** A channel or direct message that can change while the workspace lives. */
export interface Conversation {
  readonly id: string
  readonly name: string
  readonly isPrivate: boolean
  readonly members: Set<string>
  /** The person at the other end when this is a direct message with the bot. */
  readonly directWith?: string
  topic: string
}

/** Everything the workspace holds. Each change is announced as `change`, which waiters and the page listen to. */
export interface State {
  readonly workspace: Workspace
  readonly now: () => number
  readonly conversations: Map<string, Conversation>
  readonly messages: Message[]
  readonly ephemerals: Ephemeral[]
  readonly files: Map<string, StoredFile>
  /** Stack of open modals for each person; the last one is on top. */
  readonly modals: Map<string, OpenView[]>
  readonly homes: Map<string, OpenView>
  readonly calls: ApiCall[]
  readonly violations: Violation[]
  readonly bookmarks: { readonly channel: string; readonly title: string; readonly link: string }[]
  readonly pins: { readonly channel: string; readonly ts: string }[]
  readonly notifications: Notification[]
  readonly changes: EventEmitter
  /** Text each person last saw as an error under the composer or a button. */
  readonly notices: { readonly user: string; readonly text: string; readonly at: number }[]
}

/** Creates the state of a workspace at its start. `now` is in milliseconds and may be a test's clock. */
export function createState(workspace: Workspace, now: () => number): State {
  const changes = new EventEmitter()
  changes.setMaxListeners(0)
  return {
    workspace,
    now,
    conversations: new Map(workspace.channels.map((channel) => [channel.id, openChannel(channel)])),
    messages: [],
    ephemerals: [],
    files: new Map(),
    modals: new Map(),
    homes: new Map(),
    calls: [],
    violations: [],
    bookmarks: [],
    pins: [],
    notifications: [],
    changes,
    notices: [],
  }
}

/** Empties the workspace: people and channels stay, everything that was said is gone. */
export function emptyState(state: State): void {
  const lists = [state.messages, state.ephemerals, state.calls, state.violations, state.bookmarks, state.pins]
  for (const list of [...lists, state.notifications, state.notices]) (list as unknown[]).length = 0
  for (const map of [state.files, state.modals, state.homes, state.conversations]) map.clear()
  for (const channel of state.workspace.channels) state.conversations.set(channel.id, openChannel(channel))
  announceChange(state)
}

/** Tells waiters and pages that something is different now. */
export function announceChange(state: State): void {
  state.changes.emit('change')
}

/** Records that a rule of Slack was broken. */
export function recordViolation(
  state: State,
  kind: Violation['kind'],
  method: string,
  error: string,
  detail: string,
): void {
  state.violations.push({ kind, method, error, detail, at: state.now() })
  announceChange(state)
}

/** Finds a user by id or by name; undefined when the workspace has none such. */
export function findUser(state: State, nameOrId: string) {
  const wanted = nameOrId.replace(/^@/, '')
  return state.workspace.users.find((user) => user.id === wanted || user.name === wanted)
}

/** Finds a conversation by id, or a channel by name with or without `#`. */
export function findConversation(state: State, nameOrId: string): Conversation | undefined {
  const byId = state.conversations.get(nameOrId)
  if (byId) return byId
  const name = nameOrId.replace(/^#/, '')
  return [...state.conversations.values()].find((one) => one.name === name && one.directWith === undefined)
}

/** The direct message between the bot and a person, opened when there is none yet. */
export function openDirectMessage(state: State, user: string): Conversation {
  const id = `D${user.slice(1)}`
  const known = state.conversations.get(id)
  if (known) return known
  const members = new Set([user, state.workspace.bot.userId])
  const opened: Conversation = { id, name: id, isPrivate: true, members, directWith: user, topic: '' }
  state.conversations.set(id, opened)
  return opened
}

let lastMicros = 0

/** A new message timestamp, strictly increasing within this process as Slack's are within a channel. */
export function nextTimestamp(state: State): string {
  lastMicros = Math.max(lastMicros + 1, Math.floor(state.now() * 1000))
  return `${Math.floor(lastMicros / 1e6)}.${String(lastMicros % 1e6).padStart(6, '0')}`
}

/** A random id with Slack's leading letter, such as `F0A1B2C3D4`. */
export function newId(letter: string): string {
  return `${letter}0${randomBytes(5).toString('hex').slice(0, 9).toUpperCase()}`
}

/** Adds what Slack adds to blocks: a `block_id` where there is none, and an `action_id` on interactive elements. */
export function completeBlocks(blocks: readonly Block[]): Block[] {
  return blocks.map((block) => completeBlock(block))
}

function completeBlock(block: Block): Block {
  const whole: Record<string, unknown> = { ...block, block_id: block.block_id ?? randomBytes(4).toString('base64url') }
  for (const field of ['element', 'accessory']) if (isRecord(whole[field])) whole[field] = withActionId(whole[field])
  for (const field of ['elements', 'actions']) {
    const list = whole[field]
    if (Array.isArray(list) && ['actions', 'context_actions', 'card'].includes(block.type))
      whole[field] = list.map((one) => (isRecord(one) ? withActionId(one) : one))
  }
  if (block.type === 'carousel' && Array.isArray(block.elements)) whole.elements = completeBlocks(block.elements)
  if (Array.isArray(block.child_blocks)) whole.child_blocks = completeBlocks(block.child_blocks)
  return whole as Block
}

function withActionId(element: Record<string, unknown>): Record<string, unknown> {
  if (element.type === 'image' || element.action_id !== undefined) return element
  return { ...element, action_id: randomBytes(4).toString('base64url') }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function openChannel(channel: WorkspaceChannel): Conversation {
  return {
    id: channel.id,
    name: channel.name,
    isPrivate: channel.isPrivate ?? false,
    members: new Set(channel.members),
    topic: '',
  }
}
