import { isObject } from '../blocks/shape.ts'
import type { Delivered } from '../deliver/dispatch.ts'
import { Refusal } from '../methods/method.ts'
import { acceptView, presentView, pushModal, replaceView } from '../methods/views.ts'
import { announceChange, recordViolation } from '../state.ts'
import type { OpenView } from '../workspace.ts'
import { type Desk, describeActor, noticeFailure } from './desk.ts'
import { fillInputs } from './fill-inputs.ts'
import type { Submitted } from './person.ts'

/** Submits the modal on top with these values; the app may close it, replace it, or mark inputs. */
export async function submit(desk: Desk, user: string, values: Readonly<Record<string, string>>): Promise<Submitted> {
  const open = desk.state.modals.get(user)?.at(-1)
  if (!open) throw new Error(`${user} has no open modal`)
  const filled = fillInputs(desk.state, open.view.blocks, values)
  const answer = await desk.dispatch.interaction({
    type: 'view_submission',
    ...describeActor(desk, user),
    trigger_id: desk.triggers.issue(user),
    view: presentView(desk.state, open, filled),
    response_urls: [],
  })
  if (!answer.ok) noticeFailure(desk, user, 'We had some trouble connecting. Try again?')
  else obey(desk, user, open, answer)
  announceChange(desk.state)
  return { ackMs: answer.ackMs, status: answer.status, errors: open.errors }
}

/** Closes the modal on top; the app is told only if it asked for that. */
export async function closeModal(desk: Desk, user: string): Promise<void> {
  const stack = desk.state.modals.get(user) ?? []
  const open = stack.at(-1)
  if (!open) throw new Error(`${user} has no open modal`)
  desk.state.modals.set(user, stack.slice(0, -1))
  announceChange(desk.state)
  if (open.view.notify_on_close !== true) return
  const view = presentView(desk.state, open)
  await desk.dispatch.interaction({ type: 'view_closed', ...describeActor(desk, user), view, is_cleared: false })
}

function obey(desk: Desk, user: string, open: OpenView, answer: Delivered): void {
  const { state } = desk
  const body = isObject(answer.payload) ? answer.payload : {}
  const stack = state.modals.get(user) ?? []
  open.errors = {}
  try {
    if (body.response_action === 'errors') open.errors = readErrors(open, body.errors)
    else if (body.response_action === 'update') replaceView(state, open, acceptView(body.view, 'modal'))
    else if (body.response_action === 'push') pushModal(state, user, acceptView(body.view, 'modal'), stack)
    else if (body.response_action === 'clear') state.modals.delete(user)
    else if (body.response_action === undefined)
      state.modals.set(
        user,
        stack.filter((one) => one !== open),
      )
    else throw new Refusal('invalid_response_action')
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    recordViolation(state, 'refused', 'view_submission', error.error, JSON.stringify(error.extra))
  }
}

/** Errors must name blocks of the view; others would be shown nowhere. */
function readErrors(open: OpenView, errors: unknown): Record<string, string> {
  if (!isObject(errors) || Object.keys(errors).length === 0) throw new Refusal('invalid_errors')
  const known = new Set(open.view.blocks.map((block) => block.block_id))
  for (const id of Object.keys(errors)) if (!known.has(id)) throw new Refusal('invalid_errors', { unknown: id })
  return Object.fromEntries(Object.entries(errors).map(([id, text]) => [id, String(text)]))
}
