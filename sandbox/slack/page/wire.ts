import type { Block, Notification, Violation, WorkspaceUser } from '../workspace.ts'

// What the server tells the page and what the page asks of the server. Types only: both sides import them, and neither
// the other. Endpoints: `GET /page/state?person&channel&thread` gives a PageState, `GET /page/changes` is a stream of
// server-sent events (each `data: change` means "ask again"), `GET /page/files/<id>` a file's content,
// `GET /page/commands` the CommandHints, `GET /page/panel` a PanelState or 204 where there is no panel.
// `POST /page/<action>` with JSON and the same origin does what a person did, and answers with an Answer.

/** A conversation in the list on the left. */
export interface PageConversation {
  readonly id: string
  /** Without `#`; for direct messages the name of the app. */
  readonly name: string
  readonly direct: boolean
  /** False where the app is not a member: nothing that is said there reaches it. */
  readonly withBot: boolean
  readonly topic: string
  /** Timestamp of the newest notification for this person here, or ''. */
  readonly newest: string
  /** Timestamp of the newest message here, or ''. */
  readonly newestMessage: string
}

/** A file as messages show it. */
export interface PageFileHint {
  readonly id: string
  readonly name: string
  /** Bytes. */
  readonly size: number
  /** First lines of a text file, '' for anything else. */
  readonly preview: string
  /** More lines than the preview shows. */
  readonly cut: boolean
}

/** A message of a conversation or thread. Fields named like Slack's own have its meaning. */
export interface PageMessage {
  readonly ts: string
  readonly channel: string
  readonly user: string
  readonly byBot: boolean
  readonly text: string
  readonly blocks?: readonly Block[]
  readonly thread_ts?: string
  readonly reply_count?: number
  readonly reply_users?: readonly string[]
  readonly latest_reply?: string
  readonly edits: number
  /** Milliseconds since the epoch of the newest edit. */
  readonly editedAt?: number
  readonly reactions?: readonly { readonly name: string; readonly users: readonly string[]; readonly count: number }[]
  readonly files: readonly PageFileHint[]
}

/** What only this person sees. */
export interface PageEphemeral {
  readonly ts: string
  readonly text: string
  readonly blocks: readonly Block[]
  readonly thread_ts?: string
}

/** An open modal or a Home tab. */
export interface PageView {
  readonly id: string
  readonly hash: string
  readonly title?: { readonly text: string }
  readonly submit?: { readonly text: string }
  readonly close?: { readonly text: string }
  readonly blocks: readonly Block[]
  /** Messages under inputs, by block id. */
  readonly errors?: Readonly<Record<string, string>>
}

/** One switch of "Slack on a bad day". */
export interface PageFault {
  readonly name: 'rate_limit' | 'server_error' | 'drop_answer' | 'slow' | 'duplicates' | 'disconnect' | 'outage'
  readonly label: string
  /** What Slack does while it is on. */
  readonly meaning: string
  readonly on: boolean
  /** Milliseconds since the epoch at which it goes off by itself; absent: it stays. */
  readonly until?: number
}

/** What one person sees of one conversation and one thread. */
export interface PageState {
  readonly team: { readonly id: string; readonly name: string }
  readonly bot: { readonly userId: string; readonly botId: string; readonly appId: string; readonly name: string }
  readonly users: readonly WorkspaceUser[]
  readonly userGroups: readonly { readonly id: string; readonly handle: string }[]
  readonly person: string
  readonly channels: readonly PageConversation[]
  readonly allChannels: readonly { readonly id: string; readonly name: string }[]
  readonly channel?: string
  readonly messages: readonly PageMessage[]
  readonly thread: readonly PageMessage[]
  readonly ephemerals: readonly PageEphemeral[]
  readonly modal: PageView | null
  readonly home: PageView | null
  /** The app listens for its Home tab being opened. */
  readonly homeWanted: boolean
  readonly notices: readonly { readonly text: string; readonly at: number }[]
  /** What would have reached this person's lock screen, oldest first; text as people read it. */
  readonly notifications: readonly Notification[]
  /** Timestamp of the newest notification of each person. */
  readonly newest: Readonly<Record<string, string>>
  readonly violations: readonly Violation[]
  readonly violationCount: number
  readonly faults: readonly PageFault[]
}

/** A command for autocompletion. */
export interface CommandHint {
  readonly name: string
  readonly usage: string
  readonly summary: string
  readonly examples: readonly string[]
}

/** Colour of a thing of the patient: as it should be, not as it should be, or on its way. */
export type Health = 'good' | 'bad' | 'busy' | 'unknown'

/** The failed migration's victim, as the side panel shows it. */
export interface PatientState {
  readonly tables: readonly {
    readonly name: string
    readonly health: Health
    /** Rows now; null: the table is not there. */
    readonly rows: number | null
    /** Rows before the migration. */
    readonly before: number | null
    /** In words: "rows missing", "values differ", "as before". */
    readonly note: string
  }[]
  readonly services: readonly { readonly name: string; readonly health: Health; readonly note: string }[]
  readonly files: readonly {
    readonly name: string
    readonly health: Health
    readonly note: string
    /** Unified diff against the good version, '' where there is none. */
    readonly diff: string
  }[]
  /** Which job is at work on the tables, in words; absent where none is. */
  readonly work?: string
  /** Milliseconds since the epoch of the look. */
  readonly at: number
}

/** One line of the guided first run. `done` comes from the journal, never from the page. */
export interface ChecklistItem {
  readonly id: string
  readonly title: string
  /** What to do, with the mouse: whose person to take, which button to press or words to send. */
  readonly hint: string
  /** A press on the line takes this person, opens the place and puts the words into the composer. */
  readonly go?: { readonly person: string; readonly channel: string; readonly thread?: string; readonly words?: string }
  readonly done: boolean
}

/** A failed migration to choose. */
export interface StoryHint {
  readonly id: string
  readonly title: string
  /** What has happened, in one or two sentences. */
  readonly story: string
  readonly chosen: boolean
}

/** What the sandbox shows beside the conversation. */
export interface PanelState {
  readonly patient: PatientState | null
  readonly checklist: readonly ChecklistItem[]
  /** Milliseconds from opening the incident to closing it; absent until then. */
  readonly took?: number
  readonly stories: readonly StoryHint[]
  /** What the sandbox is doing just now, such as resetting; '' when nothing. */
  readonly busy: string
  /** What the last reset ran into, and what to do; absent where nothing went wrong. */
  readonly trouble?: string
}

/** What the local Slack asks of whoever started it, to fill the panel beside the conversation. */
export interface PanelProvider {
  describe(): Promise<PanelState>
  /** `reset` with a story's id starts that story from the beginning. Throws with words for a person. */
  act(action: 'reset', body: Readonly<Record<string, unknown>>): Promise<void>
}

/** The answer to everything that a person does. */
export interface Answer {
  readonly ok: boolean
  readonly error?: string
  /** What Slack itself told the person, such as `operation_timeout`. */
  readonly notice?: string
  readonly ackMs?: number
  /** Messages under inputs of a submitted modal. */
  readonly errors?: Readonly<Record<string, string>>
}

/** A file that goes with what somebody says. */
export interface PageUpload {
  readonly name: string
  readonly base64: string
}
