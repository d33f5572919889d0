import { z } from 'zod'

/** What an event says about one message, as far as it can be an order. */
export interface SaidMessage {
  readonly type?: string | undefined
  readonly user?: string | undefined
  /** Null where everything said is in blocks or files. */
  readonly text?: string | null | undefined
  readonly channel: string
  readonly ts: string
  readonly thread_ts?: string | undefined
  readonly channel_type?: string | undefined
  readonly bot_id?: string | undefined
  readonly subtype?: string | undefined
  readonly files?: unknown
  readonly edited?: { readonly ts?: string | undefined } | undefined
}

/**
 * `order`: to be obeyed. `edited`: an edit that would have been one. `inside`: the bot is named, but not at the
 * beginning. The last two run nothing, and their author is told how to say it.
 */
export interface HeardMessage {
  readonly kind: 'order' | 'edited' | 'inside'
  readonly user: string
  readonly text: string
}

/** Ways of saying something as a person: also sent to the channel, with a file, by /me. All others are Slack's own. */
const spoken = new Set<string | undefined>([undefined, 'thread_broadcast', 'file_share', 'me_message'])

/** Marks that cannot be seen and come along with copied text. */
const unseen = /^[\s\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/

/**
 * What a message means to the bot; undefined for what is none of its business. An order is a message that begins
 * with the mention of the bot, and one in its direct messages. Without `bot` (Slack has not said yet who it is) the
 * mention that an app_mention is about is taken for it.
 */
export function readOrder(event: SaidMessage, bot: string | undefined): HeardMessage | undefined {
  const { user } = event
  const raw = event.text ?? ''
  if (!user || user === bot || event.bot_id || !spoken.has(event.subtype)) return undefined
  const text = raw.replace(unseen, '')
  const found = /^<@([A-Z0-9]+)(?:\|[^<>]*)?>[\s:,]*/.exec(text)
  const isFirst = found !== null && (bot === undefined || found[1] === bot)
  const words = isFirst ? text.slice(found[0].length) : text
  if (isFirst || event.channel_type === 'im') {
    return { kind: event.edited ? 'edited' : 'order', user, text: words.trim() || 'help' }
  }
  const isNamed =
    bot === undefined ? event.type === 'app_mention' : raw.includes(`<@${bot}>`) || raw.includes(`<@${bot}|`)
  return isNamed && !event.edited ? { kind: 'inside', user, text: words } : undefined
}

/** Ids of the files that an event says came with its message. */
export function readFileIds({ files }: SaidMessage): string[] {
  const listed = z.array(z.object({ id: z.string().regex(/^F[A-Z0-9]+$/) })).safeParse(files).data ?? []
  return listed.slice(0, MOST_FILES).map(({ id }) => id)
}

/** Slack attaches no more to one message. */
const MOST_FILES = 10

const editSchema = z.object({
  channel: z.string(),
  channel_type: z.literal('im'),
  message: z.object({
    ts: z.string(),
    user: z.string().optional(),
    text: z
      .string()
      .nullish()
      .transform((text) => text ?? ''),
    thread_ts: z.string().optional(),
    bot_id: z.string().optional(),
    subtype: z.string().optional(),
    edited: z.object({ ts: z.string().optional() }),
  }),
  previous_message: z.object({ text: z.string().nullish() }).optional(),
})

/**
 * The message after an edit in a direct conversation, where no mention tells of it; undefined for everything else, and
 * where no word changed.
 */
export function readEdit(event: { readonly subtype?: string | undefined }): SaidMessage | undefined {
  const found = event.subtype === 'message_changed' ? editSchema.safeParse(event).data : undefined
  if (!found || (found.previous_message && (found.previous_message.text ?? '') === found.message.text)) return undefined
  return { ...found.message, channel: found.channel, channel_type: found.channel_type }
}
