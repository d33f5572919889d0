import { connect, type Socket } from 'node:net'
import { SalvorError } from '../domain/errors/fail.ts'
import { exits, type TerminalDocument } from './documents.ts'
import { speakJson } from './json-lines.ts'
import type { DeskOrder } from './open-desk.ts'
import { giveProof, proofFolder } from './proof.ts'
import { checkTheirSocket } from './socket-folder.ts'

/** What the terminal's end does with what it hears. */
export interface Listener {
  readonly tell: (document: TerminalDocument) => void
  /** Asks the person at the keyboard. */
  readonly ask: (person: string) => Promise<string | null>
  /** Ends the watching: the job goes on. */
  readonly signal: AbortSignal
}

/**
 * Connects to a bot of this machine; null where none listens there. Throws terminal_socket where somebody else than
 * the bot could be listening.
 */
export async function findDesk(path: string): Promise<Socket | null> {
  if (!(await checkTheirSocket(path, process.getuid?.() ?? -1))) return null
  return new Promise((resolve) => {
    const socket = connect(path)
    socket.once('connect', () => resolve(socket))
    socket.once('error', () => resolve(null))
  })
}

/** Says words to the bot and hears what they lead to; answers the exit code. Throws terminal_lost when it goes away. */
export async function speakAtDesk(socket: Socket, path: string, order: DeskOrder, listener: Listener): Promise<number> {
  const line = speakJson(socket)
  listener.signal.addEventListener('abort', () => socket.destroy(), { once: true })
  const first = await line.next()
  const prove = isRecord(first) && typeof first.prove === 'string' ? first.prove : ''
  await giveProof(proofFolder(path), prove)
  line.send(order)
  for (;;) {
    const heard = await line.next()
    if (listener.signal.aborted) return exits.unwatched
    if (!isRecord(heard) || typeof heard.type !== 'string') throw new SalvorError('terminal_lost')
    const document = heard as unknown as TerminalDocument
    listener.tell(document)
    if (document.type === 'end') return document.exit
    if (document.type === 'code_wanted') line.send({ code: await listener.ask(document.person) })
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
