import type { Delivered } from '../deliver/dispatch.ts'
import type { Ephemeral, OpenView } from '../workspace.ts'

/** Where something is said. `thread` is the timestamp of the thread's root. */
export interface Where {
  readonly channel: string
  readonly thread?: string
  /** "Also send to channel": what is said in a thread stands in the channel too. */
  readonly alsoToChannel?: boolean
  /** A file that is attached, or its name where the content does not matter. */
  readonly file?: string | SaidFile
  /** Several. */
  readonly files?: readonly SaidFile[]
}

/** A file as a person has it on their machine. */
export interface SaidFile {
  readonly name: string
  readonly content: string | Uint8Array
}

/** How the app took what was said. `ts` is there when a message was posted. */
export interface Spoken {
  readonly ackMs: number
  readonly status: number
  readonly ackBody: string
  /** What the person saw privately by the time of the acknowledgement. */
  readonly ephemerals: readonly Ephemeral[]
  readonly ts?: string
  /** What Slack itself told the person, such as `operation_timeout`. */
  readonly notice?: string
}

/** Which message the button to press belongs to; all that is given must hold. */
export interface ButtonPlace {
  /** Timestamp of the message. */
  readonly message?: string
  /** Name or id of the channel. */
  readonly channel?: string
  /** Matches text or blocks of the message. */
  readonly text?: RegExp
  /** Only direct messages. */
  readonly dm?: boolean
  /** False presses "no" in the confirmation dialog, so that nothing is sent. */
  readonly confirm?: boolean
  /** How long to wait for the button to appear; default 5,000 ms. */
  readonly withinMs?: number
}

/** What a submitted modal answered. */
export interface Submitted {
  readonly ackMs: number
  readonly status: number
  /** Messages under inputs, by block id; empty when the modal was accepted. */
  readonly errors: Readonly<Record<string, string>>
}

/** One person of the workspace, who can do what people do in Slack. */
export interface Person {
  readonly id: string
  readonly name: string
  /** `/words` is a slash command, `@salvor words` mentions the bot, `/me words` is said of oneself, anything else is a plain message. */
  says(text: string, where: Where): Promise<Spoken>
  /** Presses the newest visible button whose text begins so; rejects when there is none, naming those there are. */
  presses(button: string | RegExp, place?: ButtonPlace): Promise<Delivered>
  /** Presses at the same moment several times, as an impatient thumb does. */
  pressesRepeatedly(button: string | RegExp, times: number, place?: ButtonPlace): Promise<readonly Delivered[]>
  /** Chooses an option by its text in a menu of a message, by the menu's action id or placeholder. */
  chooses(option: string, menu?: string): Promise<Delivered>
  /** Fills in the open modal, by label, block id or action id, and submits it. */
  submits(values: Readonly<Record<string, string>>): Promise<Submitted>
  /** Closes the open modal without submitting it. */
  closes(): Promise<void>
  /** The modal on top, if any. */
  modal(): OpenView | undefined
  /** Texts of all buttons that the person could press now, newest first. */
  buttons(place?: ButtonPlace): readonly string[]
  /** Adds an emoji to a message. */
  reacts(emoji: string, message: { readonly channel: string; readonly ts: string }): Promise<void>
  /** The app's Home tab as it was published last for this person, if ever. */
  home(): OpenView | undefined
  /** Takes an emoji away again. */
  takesBack(emoji: string, message: { readonly channel: string; readonly ts: string }): Promise<void>
  /** Changes the words of one's own message. */
  edits(message: { readonly channel: string; readonly ts: string }, text: string): Promise<void>
  /** Deletes one's own message; an administrator deletes any. */
  deletes(message: { readonly channel: string; readonly ts: string }): Promise<void>
  /** Changes the content of one's own file, as Slack allows for snippets. */
  editsFile(id: string, content: string): void
  /** Deletes one's own file: its messages stay. */
  deletesFile(id: string): void
  /** Opens the Home tab of the app. */
  opensHome(): Promise<Delivered>
}
