import type { App, Context } from '@slack/bolt'
import type { Person, Utterance, Via } from '../domain/person.ts'
import type { Clock } from '../ports/clock.ts'
import { readPressed } from './cards/draw-buttons.ts'
import type { CheckCode } from './check-code.ts'
import type { Inbox, ReplyPlace, Words } from './inbox.ts'
import type { Marks } from './marks.ts'
import type { Modals } from './modals.ts'
import { signatureKey } from './receive-http.ts'
import { hearReactions, readChange } from './receive-marks.ts'

/** What listeners are handed. */
export interface Hearing {
  readonly inbox: Inbox
  readonly modals: Modals
  readonly clock: Clock
  identify(user: string): Person
  readonly checkCode: CheckCode
  readonly marks: Marks
  /** Somebody opened their Home tab. */
  openHome(user: string): void
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
  hearMentions(app, hearing)
  hearButtons(app, hearing)
  hearModals(app, hearing)
  hearHomes(app, hearing)
  hearReactions(app, hearing.inbox, hearing.marks)
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
    take(hearing, context, { said, text: body.text.trim() || 'help' }, place)
  })
}

function hearMentions(app: App, hearing: Hearing): void {
  const hear = (
    event: { user?: string; text?: string; channel: string; thread_ts?: string; bot_id?: string; subtype?: string },
    id: string,
    context: Context,
  ) => {
    // Bots, this one included, give no orders; and an edited message is not said again.
    if (!event.user || event.bot_id || event.subtype) return
    const text = (event.text ?? '').replace(/^[^<]*<@[A-Z0-9]+(\|[^>]*)?>[\s:,]*/, '').trim() || 'help'
    const place = {
      user: event.user,
      channel: event.channel,
      thread: event.thread_ts ?? null,
      responseUrl: null,
      anywhere: false,
    }
    take(hearing, context, { said: utter(hearing, 'mention', `event:${id}`, place), text }, place)
  }
  app.event('app_mention', async ({ event, body, context }) => hear(event, body.event_id, context))
  app.event('message', async ({ event, body, context }) => {
    if (event.channel_type === 'im') return hear(event as Parameters<typeof hear>[0], body.event_id, context)
    const change = readChange(event)
    const id = body.event_id
    if (change && hearing.inbox.isFirst(`event:${id}`)) {
      hearing.inbox.run(() => hearing.marks.changed({ ...change, event: id }))
    }
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
        take(hearing, context, words, place)
      } else if (isFirst(hearing, id, readSignature(context))) {
        hearing.inbox.run(() => modal.open(body.trigger_id, pressed, person, place), 'at once')
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
    if (read.code === undefined) await acknowledge(ack)
    else {
      // The one thing that comes before the acknowledgement, because what is wrong stands below the input.
      const wrong = await hearing.checkCode(said.person, read.code, view.id)
      if (wrong !== null) return void (await ack({ response_action: 'errors', errors: { code: wrong } }))
      await acknowledge(ack)
    }
    const checked = read.code === undefined ? {} : { codeChecked: true as const }
    take(hearing, context, { said, text: read.text, button: read.button, ...checked }, place)
  })
}

/** Says nothing, so it may be heard twice; opening the other tabs changes nothing either. */
function hearHomes(app: App, hearing: Hearing): void {
  app.event('app_home_opened', async ({ event }) => {
    if (event.tab === 'home') hearing.openHome(event.user)
  })
}

/** Hands words over once; what came a second time has been acknowledged and is dropped. */
function take(hearing: Hearing, context: Context, words: Words, place: ReplyPlace): void {
  const signature = readSignature(context)
  if (!isFirst(hearing, words.said.requestId, signature)) return
  const claim = async () => {
    const claimed = await hearing.inbox.claim(signature)
    if (!claimed) hearing.onRepeated()
    return claimed
  }
  hearing.inbox.run(() => hearing.obey(words, place, claim))
}

/** Over a socket, which is known to be Slack's, a repetition is Slack's own and not worth a word. */
function isFirst(hearing: Hearing, id: string, signature: string | undefined): boolean {
  const first = hearing.inbox.isFirst(id, signature)
  if (!first && signature !== undefined) hearing.onRepeated()
  return first
}

function utter(hearing: Hearing, via: Via, requestId: string, place: ReplyPlace): Utterance {
  const { channel, thread, user } = place
  const at = hearing.clock.now().toISOString()
  return { requestId, person: hearing.identify(user), via, channel, thread, at }
}

function readSignature(context: Context): string | undefined {
  const signature: unknown = context[signatureKey]
  return typeof signature === 'string' ? signature : undefined
}

/** A socket that dropped meanwhile cannot carry the acknowledgement; the words were heard all the same. */
async function acknowledge(ack: () => Promise<unknown>): Promise<void> {
  await ack().catch(() => undefined)
}
