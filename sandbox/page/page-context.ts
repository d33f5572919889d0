import { createContext, useContext } from 'react'
import type { Answer, CommandHint, PageState, PageUpload, PanelState } from '../slack/page/wire.ts'

/** Where the window looks: lives in the address, so that a reload or a second window shows the same. */
export interface Place {
  readonly person: string
  readonly channel: string
  /** Timestamp of the open thread's root, or ''. */
  readonly thread: string
}

/** An interactive element as it came over the wire: `type`, `action_id`, `confirm`, `url`, `options` … */
export type WireElement = Readonly<Record<string, unknown>> & { readonly type: string }

/** What a person can do on the page. Each resolves when the app has acknowledged. */
export interface PageActions {
  go(change: Partial<Place>): void
  say(
    text: string,
    where: { readonly channel: string; readonly thread?: string; readonly files?: readonly PageUpload[] },
  ): Promise<Answer>
  /**
   * Uses an element of a message, ephemeral, Home tab or modal. `source` is its `ts` or view id. Asks for confirmation
   * first where the element wants it; resolves to undefined when the person said no.
   */
  press(use: {
    readonly source: string
    readonly block: string | undefined
    readonly element: WireElement
    /** What the element now holds: `selected_option`, `selected_date`, `value` … */
    readonly holds?: Readonly<Record<string, unknown>>
  }): Promise<Answer | undefined>
  /** Submits the modal on top; values by block id. */
  submit(values: Readonly<Record<string, string>>): Promise<Answer>
  closeModal(): Promise<Answer>
  react(message: { readonly channel: string; readonly ts: string }, emoji: string): Promise<Answer>
  openHome(): Promise<Answer>
  /** Any other `POST /page/<action>`: faults and the panel. */
  act(action: string, body: Readonly<Record<string, unknown>>): Promise<Answer>
  /** Puts words into the composer of the channel or of the open thread, without sending them. */
  propose(words: string, thread: boolean): void
}

/** What every component of the page may know. */
export interface PageContext {
  readonly state: PageState
  readonly place: Place
  readonly actions: PageActions
  readonly commands: readonly CommandHint[]
  readonly panel: PanelState | null
  readonly theme: 'light' | 'dark'
}

export const PageContextSlot = createContext<PageContext | null>(null)

/** The page's state and what can be done; only below the page's root. */
export function usePage(): PageContext {
  const context = useContext(PageContextSlot)
  if (!context) throw new Error('usePage is for components of the page')
  return context
}
