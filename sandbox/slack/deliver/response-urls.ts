import { randomUUID } from 'node:crypto'
import { isObject } from '../blocks/shape.ts'
import type { Faults } from '../faults.ts'
import { addEphemeral, addMessage, findMessage } from '../messages.ts'
import { type Args, Refusal, readBlocks, readText } from '../methods/method.ts'
import { announceChange, completeBlocks, recordViolation, type State } from '../state.ts'
import type { Ephemeral, Message } from '../workspace.ts'

/** Where a payload came from, and so where answers through its response_url go. */
interface Origin {
  readonly user: string
  readonly channel: string
  readonly threadTs?: string
  readonly message?: Message
  readonly ephemeral?: Ephemeral
}

/** Response URLs: 5 uses within 30 minutes. */
export interface ResponseUrls {
  issue(origin: Origin): string
  use(id: string, body: unknown): { status: number; body: string }
  /** Shows what an acknowledgement carried; uses no response_url. */
  show(origin: Origin, body: Args): void
}

const LIFE_MS = 30 * 60_000
const USES = 5

/** Keeps response URLs below `${baseUrl}/respond/`. */
export function createResponseUrls(state: State, faults: Faults, baseUrl: () => string): ResponseUrls {
  const issued = new Map<string, { origin: Origin; at: number; uses: number }>()
  const refuse = (status: number, error: string) => {
    recordViolation(state, 'refused', 'response_url', error, `HTTP ${status}`)
    return { status, body: JSON.stringify({ ok: false, error }) }
  }
  return {
    issue(origin) {
      const id = randomUUID()
      issued.set(id, { origin, at: state.now(), uses: 0 })
      return `${baseUrl()}/respond/${id}`
    },
    use(id, body) {
      const known = issued.get(id)
      if (!known) return refuse(404, 'invalid_url')
      if (state.now() - known.at > LIFE_MS) return refuse(404, 'expired_url')
      if (known.uses >= USES) return refuse(404, 'used_url')
      known.uses += 1
      if (!isObject(body)) return refuse(400, 'invalid_payload')
      try {
        answer(state, faults, known.origin, body)
        return { status: 200, body: JSON.stringify({ ok: true }) }
      } catch (error) {
        if (error instanceof Refusal) return refuse(error.error === 'invalid_blocks' ? 400 : 500, error.error)
        throw error
      }
    },
    show: (origin, body) => answer(state, faults, origin, body),
  }
}

function answer(state: State, faults: Faults, origin: Origin, body: Args): void {
  if (body.delete_original === true) {
    deleteOriginal(state, origin)
    return
  }
  const blocks = readBlocks({ faults }, body)
  const text = readText(body, 'text')
  if (text === undefined && !blocks?.length) throw new Refusal('no_text')
  const content = { text: text ?? '', blocks: completeBlocks(blocks ?? []) }
  const original = origin.message ?? origin.ephemeral
  if (body.replace_original === true && original) {
    Object.assign(original, content)
    if (origin.message) Object.assign(origin.message, { editedAt: state.now(), edits: origin.message.edits + 1 })
    announceChange(state)
    return
  }
  const thread = readText(body, 'thread_ts') ?? (original ? origin.threadTs : undefined)
  const where = { channel: origin.channel, ...(thread ? { threadTs: thread } : {}) }
  if (thread && !findMessage(state, origin.channel, thread)) throw new Refusal('thread_not_found')
  if (body.response_type !== 'in_channel') return void addEphemeral(state, { ...content, ...where, user: origin.user })
  addMessage(state, { ...content, ...where, user: state.workspace.bot.userId, byBot: true })
}

function deleteOriginal(state: State, origin: Origin): void {
  const from: unknown[] = origin.message ? state.messages : state.ephemerals
  const index = from.indexOf(origin.message ?? origin.ephemeral)
  if (index >= 0) from.splice(index, 1)
  announceChange(state)
}
