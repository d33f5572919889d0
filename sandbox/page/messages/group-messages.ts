import type { PageEphemeral, PageMessage } from '../../slack/page/wire.ts'
import { nameDay } from './time-words.ts'

/** A line of a conversation: something said, or something that only the reader sees. */
export type Entry =
  | { readonly kind: 'message'; readonly ts: string; readonly message: PageMessage }
  | { readonly kind: 'ephemeral'; readonly ts: string; readonly ephemeral: PageEphemeral }

/** An entry and how it stands among its neighbours. */
export interface PlacedEntry {
  readonly entry: Entry
  /** The day that begins here, in words. */
  readonly day?: string
  /** Continues what the same one said just before: no face and no name again. */
  readonly continues: boolean
  /** The first that the reader had not seen when the conversation was opened. */
  readonly firstNew: boolean
}

/** Pauses longer than this show the name again, as in Slack. */
const GROUP_SECONDS = 300

/** Messages and private ones by time, with day dividers, grouped. Times are in the reader's zone; `now` in ms. */
export function groupMessages(
  messages: readonly PageMessage[],
  ephemerals: readonly PageEphemeral[],
  about: { readonly now: number; readonly seenUpTo?: string; readonly me?: string },
): PlacedEntry[] {
  const entries: Entry[] = [
    ...messages.map((message) => ({ kind: 'message' as const, ts: message.ts, message })),
    ...ephemerals.map((ephemeral) => ({ kind: 'ephemeral' as const, ts: ephemeral.ts, ephemeral })),
  ].sort((one, other) => (one.ts < other.ts ? -1 : 1))
  const { seenUpTo } = about
  const firstNew = seenUpTo
    ? entries.find((one) => one.kind === 'message' && one.ts > seenUpTo && one.message.user !== about.me)
    : undefined
  return entries.map((entry, index) => {
    const before = entries[index - 1]
    const day = nameDay(Number(entry.ts) * 1000, about.now)
    const isNewDay = !before || nameDay(Number(before.ts) * 1000, about.now) !== day
    return {
      entry,
      ...(isNewDay ? { day } : {}),
      continues: !isNewDay && entry !== firstNew && before !== undefined && follows(before, entry),
      firstNew: entry === firstNew,
    }
  })
}

function follows(before: Entry, entry: Entry): boolean {
  if (before.kind !== 'message' || entry.kind !== 'message') return false
  if (before.message.user !== entry.message.user) return false
  // A thread's line stands between the two.
  if ((before.message.reply_count ?? 0) > 0) return false
  return Number(entry.ts) - Number(before.ts) < GROUP_SECONDS
}
