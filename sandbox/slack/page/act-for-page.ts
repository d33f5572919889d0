import { isObject } from '../blocks/shape.ts'
import { findMessage } from '../messages.ts'
import type { Desk } from '../people/desk.ts'
import { findElements, type Placed } from '../people/find-buttons.ts'
import { impersonate } from '../people/impersonate.ts'
import type { SaidFile } from '../people/person.ts'
import { act } from '../people/press.ts'
import { findConversation } from '../state.ts'

type Body = Readonly<Record<string, unknown>>

/** Does what a person did on the page: `say`, `press`, `submit`, `close`, `react` or `home`. */
export async function actForPage(desk: Desk, action: string, body: Body): Promise<Record<string, unknown>> {
  const person = impersonate(desk, readWord(body, 'person'))
  if (action === 'say') {
    const thread = body.thread ? { thread: readWord(body, 'thread') } : {}
    const files = readUploads(body.files)
    const { ackMs, notice } = await person.says(readWord(body, 'text'), {
      channel: readWord(body, 'channel'),
      ...thread,
      ...(files.length > 0 ? { files } : {}),
    })
    return { ackMs, notice }
  }
  if (action === 'press') {
    const { ackMs, failure } = await pressExactly(desk, person.id, body)
    return { ackMs, notice: failure }
  }
  if (action === 'submit') return { ...(await person.submits(readValues(body.values))) }
  if (action === 'close') await person.closes()
  else if (action === 'react') {
    const where = { channel: readWord(body, 'channel'), ts: readWord(body, 'ts') }
    const emoji = readWord(body, 'emoji')
    if (hasReacted(desk, person.id, emoji, where)) await person.takesBack(emoji, where)
    else await person.reacts(emoji, where)
  } else if (action === 'home') await person.opensHome()
  else throw new Error(`nobody can ${action} here`)
  return {}
}

/** True where the same reaction again takes it back, as in Slack's own client. */
function hasReacted(desk: Desk, user: string, emoji: string, where: { channel: string; ts: string }): boolean {
  const channel = findConversation(desk.state, where.channel)
  const reactions = channel && findMessage(desk.state, channel.id, where.ts)?.reactions
  return reactions?.get(emoji)?.has(user) ?? false
}

/** The element that was pressed, not merely one with the same words. */
function pressExactly(desk: Desk, user: string, body: Body) {
  const found = findElements(desk.state, user).find((one) => isMeant(one, body))
  if (!found) throw new Error('this button is no longer there')
  return act(desk, user, found, readHeld(body.holds))
}

/** What an element holds, such as `selected_option`; nothing else gets into the payload. */
function readHeld(holds: unknown): Record<string, unknown> {
  if (!isObject(holds)) return {}
  return Object.fromEntries(Object.entries(holds).filter(([name]) => name === 'value' || /^selected_\w+$/.test(name)))
}

function isMeant(placed: Placed, body: Body): boolean {
  const source = placed.view?.id ?? placed.message?.ts ?? placed.ephemeral?.ts
  return source === body.source && placed.element.action_id === body.action && placed.block.block_id === body.block
}

function readWord(body: Body, name: string): string {
  const value = body[name]
  if (typeof value !== 'string' || value === '') throw new Error(`${name} is missing`)
  return value
}

function readUploads(files: unknown): SaidFile[] {
  if (files === undefined) return []
  if (!Array.isArray(files)) throw new Error('files are no list')
  return files.map((file: unknown) => {
    if (!isObject(file)) throw new Error('a file is missing')
    return { name: readWord(file, 'name'), content: Buffer.from(readWord(file, 'base64'), 'base64') }
  })
}

function readValues(values: unknown): Record<string, string> {
  if (!isObject(values)) throw new Error('values are missing')
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]))
}
