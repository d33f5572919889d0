import type { Utterance } from '../domain/person.ts'
import type { Log } from '../ports/log.ts'
import type { RequestLedger } from '../ports/messages.ts'
import { createTurns } from './turns.ts'

/** Words that a person said in Slack, ready to be obeyed or refused. */
export interface Words {
  readonly said: Utterance
  /** Without the slash command or the mention: `restore orders-db`. */
  readonly text: string
  /** Set when a button was pressed or its modal sent: what the card showed. */
  readonly button?: {
    readonly command: string
    readonly approval?: { readonly id: string; readonly digest: string }
  }
  /** The person's one-time code was right and has been used up for these words. */
  readonly codeChecked?: true
}

/** Where the person can be answered. */
export interface ReplyPlace {
  readonly user: string
  /** Null for what was pressed on the Home tab, which belongs to no channel. */
  readonly channel: string | null
  readonly thread: string | null
  readonly responseUrl: string | null
  /** True where the bot may be no member: slash commands and private messages work everywhere. */
  readonly anywhere: boolean
}

/** Work that began with a delivery: each delivery once, and none is cut off by a stop. */
export interface Inbox {
  /** False if this process has seen one of these ids within the window. Does no I/O. */
  isFirst(...ids: (string | undefined)[]): boolean
  /** True for the first claim of a signature over all processes. */
  claim(signature: string | undefined): Promise<boolean>
  /**
   * Runs work in the background, so that the acknowledgement never waits for it: in turn, so that those of others
   * do not wait either, or at once where seconds count.
   */
  run(work: () => Promise<void>, when?: 'in turn' | 'at once'): void
  /** Resolves once nothing is under way, or after `ms`. */
  drain(ms: number): Promise<void>
}

/** Longer than the 5 minutes in which a signature is good and than most redeliveries. */
const REMEMBER_MS = 15 * 60_000

/** Creates an inbox over a ledger that all processes share. */
export function createInbox(ledger: RequestLedger, now: () => number, log: Log): Inbox {
  const seen = new Map<string, number>()
  const under = new Set<Promise<void>>()
  const takeTurn = createTurns()
  const inTurn = async (work: () => Promise<void>) => {
    const endTurn = await takeTurn()
    await work().finally(endTurn)
  }
  const forget = () => {
    for (const [id, at] of seen) {
      if (now() - at < REMEMBER_MS) break
      seen.delete(id)
    }
  }
  return {
    isFirst(...ids) {
      forget()
      const known = ids.filter((id) => id !== undefined)
      if (known.some((id) => seen.has(id))) return false
      for (const id of known) seen.set(id, now())
      return true
    },
    claim: async (signature) => signature === undefined || ledger.claim(`signature:${signature}`),
    run(work, when = 'in turn') {
      const running = (when === 'at once' ? work() : inTurn(work))
        .catch((error: unknown) => log.error({ error: String(error) }, 'a delivery could not be handled'))
        .finally(() => under.delete(running))
      under.add(running)
    },
    async drain(ms) {
      if (under.size === 0) return
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, ms)
      })
      await Promise.race([Promise.allSettled([...under]), late])
      clearTimeout(timer)
    },
  }
}
