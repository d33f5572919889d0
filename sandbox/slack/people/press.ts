import { isObject } from '../blocks/shape.ts'
import type { Delivered } from '../deliver/dispatch.ts'
import { presentMessage } from '../messages.ts'
import { presentView } from '../methods/views.ts'
import { waitFor } from '../read/wait-for.ts'
import { announceChange } from '../state.ts'
import { type Desk, describeActor, noticeFailure } from './desk.ts'
import { beginsWith, findButtons, findElements, type Placed } from './find-buttons.ts'
import type { ButtonPlace } from './person.ts'

const PATIENCE_MS = 5000

/** Presses the newest button whose text begins so, through its confirmation dialog. */
export async function press(
  desk: Desk,
  user: string,
  wanted: string | RegExp,
  place: ButtonPlace = {},
): Promise<Delivered> {
  const found = await awaitButton(desk, user, wanted, place)
  if (place.confirm === false && found.element.confirm !== undefined) return nothingSent
  return act(desk, user, found, {})
}

/** Waits until such a button can be seen; rejects with the buttons that can. */
export async function awaitButton(
  desk: Desk,
  user: string,
  wanted: string | RegExp,
  place: ButtonPlace = {},
): Promise<Placed> {
  const look = () => findButtons(desk.state, user, place).find(({ label }) => beginsWith(label, wanted))
  try {
    return await waitFor(desk.state, `a button "${String(wanted)}"`, look, place.withinMs ?? PATIENCE_MS)
  } catch (error) {
    const labels = findButtons(desk.state, user).map(({ label }) => `[${label}]`)
    const seen = `${user} sees no button "${String(wanted)}", but ${labels.join(' ') || 'none at all'}`
    throw new Error(`${seen}\n${error instanceof Error ? error.message : ''}`)
  }
}

/** Chooses an option by its text in a menu of a message or view. */
export async function choose(desk: Desk, user: string, wanted: string, menu?: string): Promise<Delivered> {
  for (const placed of findElements(desk.state, user)) {
    if (menu && placed.label !== menu && placed.element.action_id !== menu) continue
    const option = listOptions(placed.element).find((one) => isObject(one.text) && one.text.text === wanted)
    if (option) return act(desk, user, placed, { selected_option: option })
  }
  throw new Error(`${user} sees no menu with the option "${wanted}"`)
}

/** Sends block_actions for one element, and tells the person when the app does not answer. */
export async function act(
  desk: Desk,
  user: string,
  placed: Placed,
  extra: Record<string, unknown>,
): Promise<Delivered> {
  const { element, block } = placed
  const { value, text, type, action_id } = element
  const action = {
    action_id,
    block_id: block.block_id,
    type,
    ...(text ? { text } : {}),
    ...(value === undefined ? {} : { value }),
    ...extra,
    action_ts: (desk.state.now() / 1000).toFixed(6),
  }
  const answer = await desk.dispatch.interaction({
    type: 'block_actions',
    ...describeActor(desk, user),
    trigger_id: desk.triggers.issue(user),
    ...describeSource(desk, user, placed),
    state: { values: {} },
    actions: [action],
  })
  if (!answer.ok) noticeFailure(desk, user, `This app responded with "${answer.failure ?? 'dispatch_failed'}"`)
  announceChange(desk.state)
  return answer
}

const nothingSent: Delivered = { ok: true, status: 0, ackMs: 0, ackBody: '', payload: undefined }

function describeSource(desk: Desk, user: string, placed: Placed): Record<string, unknown> {
  const { state, responseUrls } = desk
  if (placed.view)
    return { container: { type: 'view', view_id: placed.view.id }, view: presentView(state, placed.view) }
  const { message, ephemeral } = placed
  const entry = message ?? ephemeral
  if (!entry) return {}
  const channel = state.conversations.get(entry.channel)
  const thread = entry.threadTs ? { thread_ts: entry.threadTs } : {}
  const origin = {
    user,
    channel: entry.channel,
    ...(entry.threadTs ? { threadTs: entry.threadTs } : {}),
    ...(message ? { message } : {}),
    ...(ephemeral ? { ephemeral } : {}),
  }
  return {
    container: { type: 'message', message_ts: entry.ts, channel_id: entry.channel, is_ephemeral: !message, ...thread },
    channel: { id: entry.channel, name: channel?.directWith ? 'directmessage' : channel?.name },
    ...(message ? { message: presentMessage(state, message, true) } : {}),
    response_url: responseUrls.issue(origin),
  }
}

function listOptions(element: Readonly<Record<string, unknown>>): Record<string, unknown>[] {
  const groups = Array.isArray(element.option_groups) ? element.option_groups : []
  const grouped = groups.flatMap((group: unknown) => (isObject(group) ? group.options : []))
  return [element.options, grouped].flat().filter(isObject)
}
