import type { App, Context, EnvelopedEvent } from '@slack/bolt'
import type { Person, Utterance, Via } from '../domain/person.ts'
import type { Clock } from '../ports/clock.ts'
import { readPressed } from './cards/draw-buttons.ts'
import type { CheckCode } from './check-code.ts'
import type { Inbox, ReplyPlace, Words } from './inbox.ts'
import type { Marks } from './marks.ts'
import type { Modals } from './modals.ts'
import { readEdit, readFileIds, readOrder, type SaidMessage } from './read-order.ts'
import { signatureKey } from './receive-http.ts'
import { hearReactions, readChange, readDeletion } from './receive-marks.ts'

/** What listeners are handed. */
export interface Hearing {
  readonly inbox: Inbox
  readonly modals: Modals
  readonly clock: Clock
  identify(user: string): Person
  readonly checkCode: CheckCode
  readonly marks: Marks
  /** A message is no longer there; it may have been a card. */
  deleted(place: { readonly channel: string; readonly ts: string }): Promise<void>
  /** Somebody opened their Home tab. */
  openHome(user: string): void
  /** The bot's user id, once Slack has said. */
  botUser(): string | undefined
  /** False for what comes from another workspace. */
  isOwn(body: unknown): Promise<boolean>
  /** The same, and whoever speaks from another workspace is told. */
  admit(body: unknown, place: ReplyPlace): Promise<boolean>
  /** Tells the asker alone why nothing runs, and how to say it. */
  hint(code: 'slack_edited' | 'slack_not_first', place: ReplyPlace): Promise<void>
  /** A delivery that was known already was dropped. */
  onRepeated(): void
  /** Obeys or refuses, and answers, if `claim` says that the delivery is the first. Never throws for what a person did. */
  obey(words: Words, place: ReplyPlace, claim: () => Promise<boolean>): Promise<void>
}

/**
 * Registers every kind of input. Each listener does four things: acknowledge, see that it is the first of its kind,
 * say who said what, hand over.
 */
export function registerListeners(app: App, hearing: Hearing): void {
  hearCommands(app, hearing)
  hearMessages(app, hearing)
  hearButtons(app, hearing)
  hearModals(app, hearing)
  hearHomes(app, hearing)
  hearReactions(app, hearing)
}

function hearCommands(app: App, hearing: Hearing): void {
  app.command(/.*/, async ({ body, ack, context }) => {
    await acknowledge(ack)
    const place = {
      user: body.user_id,
      channel: body.channel_id,
      thread: null,
      responseUrl: body.response_url,
      anywhere: true,
    }
    const said = utter(hearing, 'slash', `slash:${body.trigger_id}`, place)
    take(hearing, context, body, { said, text: body.text.trim() || 'help' }, place)
  })
}

/**
 * A message is heard once, by its channel and timestamp: an edit comes with an event id of its own, and a message in a
 * channel beside its mention.
 */
function hearMessages(app: App, hearing: Hearing): void {
  const hear = (event: SaidMessage, body: EnvelopedEvent, context: Context) => {
    const bot = body.authorizations?.find((one) => one.is_bot)?.user_id ?? hearing.botUser()
    const heard = readOrder(event, bot)
    if (!heard) return
    const { user, kind, text } = heard
    const place = { user, channel: event.channel, thread: event.thread_ts ?? null, responseUrl: null, anywhere: false }
    const id = `message:${event.channel}:${event.ts}`
    if (kind === 'order') {
      const message = { ts: event.ts, files: readFileIds(event) }
      const said = { ...utter(hearing, 'mention', id, place), ...readTime(event.ts), message }
      return take(hearing, context, body, { said, text }, place)
    }
    if (!isFirst(hearing, `${kind} ${id} ${event.edited?.ts ?? ''}`, readSignature(context))) return
    const code = kind === 'edited' ? 'slack_edited' : 'slack_not_first'
    hearing.inbox.run(async () => {
      if (await hearing.admit(body, place)) await hearing.hint(code, place)
    })
  }
  app.event('app_mention', async ({ event, body, context }) => hear(event, body, context))
  app.event('message', async ({ event, body, context }) => {
    const edit = readEdit(event)
    if (edit) hear(edit, body, context)
    else if (!event.subtype || event.channel_type === 'im') return hear(event as SaidMessage, body, context)
    const change = readChange(event)
    const gone = readDeletion(event)
    if (!change && !gone) return hear(event as SaidMessage, body, context)
    const id = body.event_id
    if (!hearing.inbox.isFirst(`event:${id}`)) return
    hearing.inbox.run(async () => {
      if (!(await hearing.isOwn(body))) return
      if (gone) await hearing.deleted(gone)
      if (change) await hearing.marks.changed({ ...change, event: id })
    })
  })
}

function hearButtons(app: App, hearing: Hearing): void {
  app.action({ type: 'block_actions' }, async ({ body, action, ack, context }) => {
    // A modal has three seconds from the click, so it is asked for before even the acknowledgement is through.
    const acknowledged = acknowledge(ack)
    const id = `click:${body.trigger_id}`
    const pressed = action.type === 'button' ? readPressed(action.value) : undefined
    const verb = /^salvor:(\w+):/.exec(action.action_id)?.[1]
    if (pressed && verb) {
      const thread = body.message?.thread_ts ?? body.container?.thread_ts ?? null
      const channel = body.channel?.id ?? null
      const anywhere = body.container?.is_ephemeral === true
      const place = { user: body.user.id, channel, thread, responseUrl: body.response_url ?? null, anywhere }
      const person = hearing.identify(body.user.id)
      const modal = hearing.modals.find(verb, pressed)
      if (!modal) {
        const words = { said: utter(hearing, 'button', id, place), text: pressed.command, button: pressed }
        take(hearing, context, body, words, place)
      } else if (isFirst(hearing, id, readSignature(context))) {
        const open = async () => {
          if (await hearing.admit(body, place)) await modal.open(body.trigger_id, pressed, person, place)
        }
        hearing.inbox.run(open, 'at once')
      }
    }
    await acknowledged
  })
}

function hearModals(app: App, hearing: Hearing): void {
  app.view(/^salvor:/, async ({ body, view, ack, context }) => {
    const read = hearing.modals.read(view)
    if (!read) return acknowledge(ack)
    if (read.errors) return void (await ack({ response_action: 'errors', errors: read.errors }))
    const place = { user: body.user.id, channel: read.channel, thread: read.thread, responseUrl: null, anywhere: false }
    const said = utter(hearing, 'modal', `view:${view.id}:${view.hash}`, place)
    const words = { said, text: read.text, button: read.button }
    if (read.code === undefined) {
      await acknowledge(ack)
      return take(hearing, context, body, words, place)
    }
    // Before a code is looked at: what was sent before must not count as another wrong one.
    const signature = readSignature(context)
    if (!(await hearing.admit(body, place))) return acknowledge(ack)
    // The one thing that comes before the acknowledgement, because what is wrong stands below the input.
    const claim = () => hearing.inbox.claim(signature)
    const wrong = await hearing.checkCode(said.person, read.code, view.id, claim)
    if (wrong === 'repeated') {
      hearing.onRepeated()
      return acknowledge(ack)
    }
    if (wrong !== null) return void (await ack({ response_action: 'errors', errors: { code: wrong.said } }))
    await acknowledge(ack)
    if (!isFirst(hearing, said.requestId, signature)) return
    hearing.inbox.run(() => hearing.obey({ ...words, codeChecked: true }, place, async () => true))
  })
}

/** Says nothing, so it may be heard twice; opening the other tabs changes nothing either. */
function hearHomes(app: App, hearing: Hearing): void {
  app.event('app_home_opened', async ({ event }) => {
    if (event.tab === 'home') hearing.openHome(event.user)
  })
}

/** Hands words over once; what came a second time has been acknowledged and is dropped. */
function take(hearing: Hearing, context: Context, body: unknown, words: Words, place: ReplyPlace): void {
  const signature = readSignature(context)
  if (!isFirst(hearing, words.said.requestId, signature)) return
  const claim = async () => {
    if (!(await hearing.admit(body, place))) return false
    const claimed = await hearing.inbox.claim(signature)
    if (!claimed) hearing.onRepeated()
    return claimed
  }
  hearing.inbox.run(() => hearing.obey(words, place, claim))
}

/** Only a request that came byte for byte is worth a word: that Slack says something again is its own affair. */
function isFirst(hearing: Hearing, id: string, signature: string | undefined): boolean {
  if (signature !== undefined && !hearing.inbox.isFirst(`signature:${signature}`)) {
    hearing.onRepeated()
    return false
  }
  return hearing.inbox.isFirst(id)
}

function utter(hearing: Hearing, via: Via, requestId: string, place: ReplyPlace): Utterance {
  const { channel, thread, user } = place
  const at = hearing.clock.now().toISOString()
  return { requestId, person: hearing.identify(user), via, channel, thread, at }
}

/** When a message was posted by Slack's own clock, however late it was delivered: its name is that time, in seconds. */
function readTime(ts: string): { readonly at?: string } {
  return /^\d{1,12}\.\d+$/.test(ts) ? { at: new Date(Math.floor(Number(ts) * 1000)).toISOString() } : {}
}

function readSignature(context: Context): string | undefined {
  const signature: unknown = context[signatureKey]
  return typeof signature === 'string' ? signature : undefined
}

/** A socket that dropped meanwhile cannot carry the acknowledgement; the words were heard all the same. */
async function acknowledge(ack: () => Promise<unknown>): Promise<void> {
  await ack().catch(() => undefined)
}
