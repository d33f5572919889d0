import { presentFile } from '../present-file.ts'
import { newId, type State } from '../state.ts'
import type { Message, StoredFile } from '../workspace.ts'
import type { Desk } from './desk.ts'
import type { SaidFile, Where } from './person.ts'

/** Uploads what a person attaches to a message, which is not said yet; answers the ids. */
export function attachFiles(state: State, user: string, where: Where): string[] {
  const one = typeof where.file === 'string' ? { name: where.file, content: where.file } : where.file
  return [...(one === undefined ? [] : [one]), ...(where.files ?? [])].map((file) => attach(state, user, file))
}

/** The message that brings them shares them. */
export function shareFiles(state: State, message: Message): void {
  const { channel, ts, threadTs } = message
  for (const id of message.files) state.files.get(id)?.shares.push({ channel, ts, ...(threadTs ? { threadTs } : {}) })
}

/** What an event of such a message says of them. */
export function presentFiles(state: State, ids: readonly string[], baseUrl: string) {
  const files = ids.flatMap((id) => {
    const file = state.files.get(id)
    return file ? [presentFile(state, file, baseUrl)] : []
  })
  return { files, upload: false }
}

/** A file of this person's own. */
export function findOwnFile({ state }: Desk, user: string, id: string): StoredFile {
  const file = state.files.get(id)
  if (file?.user !== user) throw new Error(`${user} has no file ${id}`)
  return file
}

function attach(state: State, user: string, { name, content: given }: SaidFile): string {
  const id = newId('F')
  const content = Buffer.from(given)
  const file = { id, name, user, length: content.length, title: name, content, state: 'completed' as const, shares: [] }
  state.files.set(id, { ...file, at: state.now() })
  return id
}
