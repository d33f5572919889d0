import { chmod, rm } from 'node:fs/promises'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { z } from 'zod'
import { SalvorError } from '../domain/errors/fail.ts'
import { buildAnswerToError } from '../engine/say/answer-error.ts'
import type { Log } from '../ports/log.ts'
import { exits } from './documents.ts'
import { type JsonLines, speakJson } from './json-lines.ts'
import { type ObeyDeps, obey } from './obey.ts'
import { openProofBoard, type ProofBoard, proofFolder } from './proof.ts'
import { createSeats, type Seats } from './seats.ts'
import { checkOwnFolder } from './socket-folder.ts'

/** Whoever does not prove who they are within this time is sent away, in milliseconds. */
const PATIENCE_MS = 10_000
/** What a terminal may send in one line, and how many before anybody asks for them: it speaks when it is asked. */
const FROM_TERMINALS = { longest: 64 * 1024, waiting: 4 }
/** Where another bot of this machine listens already, so often is tried again. */
const AGAIN_MS = 5_000

const orderSchema = z.strictObject({
  words: z.string().max(20_000),
  json: z.boolean(),
  follow: z.enum(['once', 'through', 'no']),
  code: z.string().nullable(),
  live: z.boolean(),
  sudo: z.boolean(),
})

/** What a terminal sends once it has proved whose it is. */
export type DeskOrder = z.infer<typeof orderSchema>

const codeSchema = z.strictObject({ code: z.string().nullable() })

/**
 * Where people at terminals of this machine are heard: a socket of the bot, so that they need neither the store's
 * address nor anybody's secret. Anybody may connect; who they are is proved, what they may do the plan says. Throws
 * terminal_socket where others could put a socket or proofs of their own there.
 */
export async function openDesk(of: {
  readonly path: string
  readonly obey: ObeyDeps
  /** The name of an account; null for one without. */
  readonly nameAccount: (uid: number) => Promise<string | null>
  readonly log: Log
}): Promise<{ close(): Promise<void> }> {
  await checkOwnFolder(of.path, process.getuid?.() ?? -1)
  const board = await openProofBoard(proofFolder(of.path))
  const seats = createSeats()
  const server = createServer((socket) => {
    seats.enter(socket)
    hear(of, board, seats, socket).catch((error: unknown) => {
      of.log.error({ error: String(error) }, 'a terminal could not be heard')
      socket.destroy()
    })
  })
  server.on('error', (error) => of.log.warn({ error: error.message }, 'the socket for terminals had an error'))
  let timer: NodeJS.Timeout | undefined
  const open = async (): Promise<void> => {
    if (await listenAt(server, of.path)) return
    of.log.warn({ path: of.path }, 'another process listens for terminals there')
    timer = setTimeout(() => void open(), AGAIN_MS)
  }
  await open()
  return {
    async close() {
      clearTimeout(timer)
      seats.closeAll()
      if (server.listening) await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function hear(
  of: Parameters<typeof openDesk>[0],
  board: ProofBoard,
  seats: Seats,
  socket: Socket,
): Promise<void> {
  const line = speakJson(socket, FROM_TERMINALS)
  const name = board.draw()
  const late = setTimeout(() => socket.destroy(), PATIENCE_MS)
  line.send({ prove: name })
  const order = orderSchema.safeParse(await line.next())
  const uid = await board.check(name)
  clearTimeout(late)
  if (!order.success || uid === null) return void socket.destroy()
  if (!seats.prove(socket, uid)) return sendAway(line)
  const gone = new AbortController()
  line.onEnd(() => gone.abort())
  const { live, sudo, ...options } = order.data
  const user = { uid, name: await of.nameAccount(uid), sudo }
  const tell = line.send
  const ask = (card: Parameters<Parameters<typeof obey>[1]['ask']>[0], person: string) => askOver(line, person, card)
  await obey(of.obey, { user, options, live, signal: gone.signal, tell, ask })
  line.close()
}

function sendAway(line: JsonLines): void {
  const error = new SalvorError('terminal_crowded')
  line.send({ type: 'answer', card: buildAnswerToError(error), refused: error.code, file: null })
  line.send({ type: 'end', exit: exits.failed, jobs: [] })
  line.close()
}

async function askOver(line: JsonLines, person: string, card: unknown): Promise<string | null> {
  line.send({ type: 'code_wanted', person, card })
  const answer = codeSchema.safeParse(await line.next())
  return answer.success ? answer.data.code : null
}

/** False where somebody is listening already; what a killed process left behind is taken away. */
async function listenAt(server: Server, path: string): Promise<boolean> {
  if (await answers(path)) return false
  await rm(path, { force: true })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, () => {
      server.off('error', reject)
      resolve()
    })
  })
  await chmod(path, 0o666)
  return true
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(path)
    probe.on('connect', () => {
      probe.destroy()
      resolve(true)
    })
    probe.on('error', () => resolve(false))
  })
}
