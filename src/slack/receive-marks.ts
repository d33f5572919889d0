import type { App } from '@slack/bolt'
import { z } from 'zod'
import type { Inbox } from './inbox.ts'
import { type Marks, pin } from './marks.ts'

const itemSchema = z.object({ type: z.literal('message'), channel: z.string(), ts: z.string() })

const messageSchema = z.object({ ts: z.string(), text: z.string().default(''), user: z.string().optional() }).loose()

const changedSchema = z.object({
  channel: z.string(),
  message: messageSchema.extend({
    subtype: z.string().optional(),
    bot_id: z.string().optional(),
    edited: z.object({ user: z.string() }).optional(),
  }),
  previous_message: messageSchema.optional(),
})

const deletedSchema = z.object({
  channel: z.string(),
  deleted_ts: z.string(),
  previous_message: messageSchema.optional(),
})

/** What a message event says about a message that was there before; undefined for new ones and for cards of bots. */
export function readChange(event: {
  readonly subtype?: string | undefined
}): { user: string; channel: string; ts: string; text: string | null } | undefined {
  if (event.subtype === 'message_deleted') {
    const { data } = deletedSchema.safeParse(event)
    return data && { user: data.previous_message?.user ?? '', channel: data.channel, ts: data.deleted_ts, text: null }
  }
  const data = event.subtype === 'message_changed' ? changedSchema.safeParse(event).data : undefined
  // Cards are edited every other second, and an unfurled link changes no word.
  if (!data || data.message.bot_id || data.previous_message?.text === data.message.text) return undefined
  const { message, channel } = data
  const user = message.edited?.user ?? message.user ?? data.previous_message?.user ?? ''
  // A root with replies is not gone when it is deleted: a tombstone stands in its place.
  return { user, channel, ts: message.ts, text: message.subtype === 'tombstone' ? null : message.text }
}

const tombstoneSchema = z.object({
  channel: z.string(),
  message: z.object({ ts: z.string(), subtype: z.literal('tombstone') }),
})

/** The place of a message that was deleted, whoever had said it; undefined for any other event. */
export function readDeletion(event: {
  readonly subtype?: string | undefined
}): { readonly channel: string; readonly ts: string } | undefined {
  if (event.subtype === 'message_deleted') {
    const { data } = deletedSchema.safeParse(event)
    return data && { channel: data.channel, ts: data.deleted_ts }
  }
  const data = event.subtype === 'message_changed' ? tombstoneSchema.safeParse(event).data : undefined
  return data && { channel: data.channel, ts: data.message.ts }
}

/** Hears reactions. What becomes of messages is heard where all messages are. */
export function hearReactions(
  app: App,
  of: { readonly inbox: Inbox; readonly marks: Marks; isOwn(body: unknown): Promise<boolean> },
): void {
  const { inbox, marks } = of
  const hear = (
    event: { reaction: string; user: string; item: unknown },
    body: { readonly event_id: string },
    act: keyof Marks & string,
  ) => {
    const id = body.event_id
    const item = event.reaction === pin ? itemSchema.safeParse(event.item).data : undefined
    if (!item || !inbox.isFirst(`event:${id}`)) return
    const mark = { event: id, user: event.user, channel: item.channel, ts: item.ts }
    inbox.run(async () => {
      if (await of.isOwn(body)) await (act === 'removed' ? marks.removed(mark) : marks.added(mark))
    })
  }
  app.event('reaction_added', async ({ event, body }) => hear(event, body, 'added'))
  app.event('reaction_removed', async ({ event, body }) => hear(event, body, 'removed'))
}
