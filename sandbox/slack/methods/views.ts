import { randomBytes } from 'node:crypto'
import { describeProblems } from '../blocks/check.ts'
import { checkView } from '../blocks/check-view.ts'
import { isObject } from '../blocks/shape.ts'
import { announceChange, completeBlocks, findUser, newId, type State } from '../state.ts'
import type { Block, OpenView } from '../workspace.ts'
import { type Args, type Method, Refusal, readJson, readText, requireText } from './method.ts'

/** views.open: needs a trigger id that is younger than 3 s and unused. */
export const openView: Method = (context, args) => {
  const user = context.triggers.exchange(requireText(args, 'trigger_id', 'invalid_trigger_id'))
  const view = readNewModal(context.state, args)
  return { view: presentView(context.state, pushModal(context.state, user, view, [])) }
}

/** views.push: on top of an open modal, at most three. */
export const pushView: Method = (context, args) => {
  const user = context.triggers.exchange(requireText(args, 'trigger_id', 'invalid_trigger_id'))
  const stack = context.state.modals.get(user) ?? []
  if (stack.length >= 3) throw new Refusal('push_limit_reached')
  return { view: presentView(context.state, pushModal(context.state, user, readNewModal(context.state, args), stack)) }
}

/** views.update: by view id or external id; a stale hash is refused. */
export const updateView: Method = (context, args) => {
  const { state } = context
  const id = readText(args, 'view_id')
  const externalId = readText(args, 'external_id')
  const open = [...state.modals.values(), [...state.homes.values()]].flat()
  const found = open.find((one) => one.id === id || (externalId && one.view.external_id === externalId))
  if (!found) throw new Refusal('not_found')
  const hash = readText(args, 'hash')
  if (hash && hash !== found.hash) throw new Refusal('hash_conflict')
  replaceView(state, found, readView(args, found.view.type === 'home' ? 'home' : 'modal'))
  return { view: presentView(state, found) }
}

/** views.publish: the Home tab of one person. */
export const publishView: Method = (context, args) => {
  const user = findUser(context.state, requireText(args, 'user_id'))
  if (!user) throw new Refusal('user_not_found')
  const view = readView(args, 'home')
  const shown = context.state.homes.get(user.id)
  const hash = readText(args, 'hash')
  if (shown && hash && hash !== shown.hash) throw new Refusal('hash_conflict')
  const home = shown ?? createView(user.id, view)
  context.state.homes.set(user.id, home)
  replaceView(context.state, home, view)
  return { view: presentView(context.state, home) }
}

/** Checks a view that came as an argument or with an acknowledgement. */
export function acceptView(view: unknown, type: 'modal' | 'home'): OpenView['view'] {
  if (!isObject(view)) throw new Refusal('invalid_arguments')
  if (JSON.stringify(view).length > 250_000) throw new Refusal('view_too_large')
  const problems = checkView(view, type)
  if (problems.length > 0) {
    const { response_metadata } = describeProblems(problems)
    throw new Refusal('invalid_arguments', { response_metadata })
  }
  return { ...view, blocks: completeBlocks(view.blocks as Block[]) }
}

/** Puts a view on top of a stack; an empty stack opens the first modal. */
export function pushModal(state: State, user: string, view: OpenView['view'], stack: readonly OpenView[]): OpenView {
  const below = stack.at(-1)
  const open = createView(user, view, below)
  state.modals.set(user, [...stack, open])
  announceChange(state)
  return open
}

/** Exchanges the content of an open view; its hash changes. */
export function replaceView(state: State, open: OpenView, view: OpenView['view']): void {
  open.view = view
  open.hash = newHash()
  open.errors = {}
  announceChange(state)
}

/** A view in the shape of the Web API and of payloads. `values` is what its inputs hold. */
export function presentView(state: State, open: OpenView, values: Record<string, unknown> = {}) {
  const { bot, team } = state.workspace
  return {
    close: null,
    submit: null,
    clear_on_close: false,
    notify_on_close: false,
    ...open.view,
    id: open.id,
    team_id: team.id,
    app_id: bot.appId,
    bot_id: bot.botId,
    app_installed_team_id: team.id,
    callback_id: open.view.callback_id ?? '',
    private_metadata: open.view.private_metadata ?? '',
    external_id: open.view.external_id ?? '',
    root_view_id: open.rootId,
    previous_view_id: open.previousId ?? null,
    hash: open.hash,
    state: { values },
  }
}

/** An external id names one open view of the workspace. */
function readNewModal(state: State, args: Args): OpenView['view'] {
  const view = readView(args, 'modal')
  const open = [...state.modals.values()].flat()
  if (view.external_id && open.some((one) => one.view.external_id === view.external_id))
    throw new Refusal('duplicate_external_id')
  return view
}

function readView(args: Args, type: 'modal' | 'home'): OpenView['view'] {
  return acceptView(readJson(args, 'view', 'invalid_arguments'), type)
}

function createView(user: string, view: OpenView['view'], below?: OpenView): OpenView {
  const id = newId('V')
  const previous = below ? { previousId: below.id } : {}
  return { id, user, rootId: below?.rootId ?? id, ...previous, hash: newHash(), view, errors: {} }
}

function newHash(): string {
  return `${Math.floor(Date.now() / 1000)}.${randomBytes(4).toString('hex')}`
}
