import type { Card } from '../domain/card.ts'
import type { Json } from '../domain/json.ts'

/**
 * What a terminal hears, one document after another: shown as text to people, written as one line of JSON each for
 * machines, and sent so from the bot to a terminal. docs/terminal.md describes each; fields are only ever added.
 */
export type TerminalDocument =
  /** The first one: as whom Salvor took the words, and in which zone it writes times. */
  | { readonly type: 'start'; readonly person: string; readonly timezone: string }
  /** What the command answers; `refused` is the code of an error of docs/errors.md. */
  | {
      readonly type: 'answer'
      readonly card: Card
      readonly refused: string | null
      readonly file: { readonly name: string; readonly text: string } | null
    }
  /** A fact of the journal; `text` is null for what only the engine needs to read again. */
  | {
      readonly type: 'event'
      readonly incident: number
      readonly no: number
      readonly at: string
      readonly event: string
      readonly job: string | null
      readonly actor: string
      readonly data: Json
      readonly text: string | null
    }
  /** A card: `live` ones are drawn in place of the one before, only where somebody asked for them. */
  | { readonly type: 'card'; readonly about: string; readonly live: boolean; readonly card: Card }
  /** Something about the watching itself. */
  | { readonly type: 'note'; readonly text: string }
  /** A one-time code is needed before what the card shows is decided; answered by `{"code":"123456"}`. */
  | { readonly type: 'code_wanted'; readonly person: string; readonly card: Card | null }
  /** The last one: the exit code, and where the job stands. */
  | {
      readonly type: 'end'
      readonly exit: number
      readonly jobs: readonly { readonly job: string; readonly state: string }[]
    }

/** Exit codes, for scripts; docs/terminal.md documents them. */
export const exits = {
  done: 0,
  failed: 1,
  usage: 2,
  waits: 3,
  lost: 4,
  unwatched: 130,
} as const
