/** A user of the local workspace; `name` is what people type after an at sign. */
export interface WorkspaceUser {
  readonly id: string
  readonly name: string
  readonly realName: string
  /** May delete what others and apps said. */
  readonly isAdmin?: boolean
}

/** A channel; the bot is a member when its user id is listed. */
export interface WorkspaceChannel {
  readonly id: string
  readonly name: string
  readonly members: readonly string[]
  readonly isPrivate?: boolean
}

/** A user group such as `@dbas`, by ids of its users. */
interface WorkspaceGroup {
  readonly id: string
  readonly handle: string
  readonly users: readonly string[]
}

/** Who and what a local workspace consists of at its start. */
export interface Workspace {
  readonly team: { readonly id: string; readonly name: string }
  readonly bot: { readonly userId: string; readonly botId: string; readonly appId: string; readonly name: string }
  readonly users: readonly WorkspaceUser[]
  readonly channels: readonly WorkspaceChannel[]
  readonly userGroups: readonly WorkspaceGroup[]
}

/** One object of Block Kit as it came over the wire, already checked. */
export interface Block {
  readonly type: string
  readonly block_id?: string
  readonly [field: string]: unknown
}

/** A message as members see it. `ts` identifies it within its channel. */
export interface Message {
  readonly channel: string
  readonly ts: string
  readonly threadTs?: string
  readonly user: string
  readonly byBot: boolean
  text: string
  blocks: readonly Block[]
  attachments: readonly unknown[]
  metadata?: { readonly event_type: string; readonly event_payload: Record<string, unknown> }
  /** Milliseconds since the epoch of the newest edit. */
  editedAt?: number
  /** How often the message was edited. */
  edits: number
  /** Ids of files shared by this message. */
  readonly files: readonly string[]
  readonly reactions: Map<string, Set<string>>
  readonly broadcast: boolean
  /** It was deleted and had replies: this stands in its place, and is Slack's. */
  isTombstone?: boolean
  readonly at: number
}

/** A message that only one person sees. */
export interface Ephemeral {
  readonly ts: string
  readonly user: string
  readonly channel: string
  readonly threadTs?: string
  text: string
  blocks: readonly Block[]
  readonly at: number
}

/** A file: its content, and where it has been shared so far. */
export interface StoredFile {
  readonly id: string
  readonly name: string
  readonly length: number
  /** Who uploaded it. */
  readonly user: string
  title: string
  content: Buffer
  state: 'announced' | 'uploaded' | 'completed' | 'deleted'
  readonly shares: { readonly channel: string; readonly ts: string; readonly threadTs?: string }[]
  readonly at: number
}

/** What would light up a lock screen: a new direct message, or one that mentions the person. */
export interface Notification {
  readonly user: string
  readonly channel: string
  readonly ts: string
  /** Root of the thread in which it was said. */
  readonly threadTs?: string
  readonly text: string
  readonly why: 'direct message' | 'mention'
  readonly at: number
}

/** Something real Slack would refuse, or a rule that was broken. */
export interface Violation {
  readonly kind: 'refused' | 'rate_limited' | 'not_acknowledged' | 'rule'
  readonly method: string
  readonly error: string
  readonly detail: string
  readonly at: number
}

/** One Web API call: what was asked and what was answered. `status` 0 means that the connection was cut. */
export interface ApiCall {
  readonly method: string
  readonly args: Readonly<Record<string, unknown>>
  readonly status: number
  readonly ok: boolean
  readonly error?: string
  readonly injected: boolean
  readonly at: number
}

/** An open modal, or a Home tab. `values` is the state that its inputs hold. */
export interface OpenView {
  readonly id: string
  readonly user: string
  readonly rootId: string
  readonly previousId?: string
  hash: string
  view: Readonly<Record<string, unknown>> & { readonly blocks: readonly Block[] }
  errors: Readonly<Record<string, string>>
}
