import { connect, type Socket } from 'node:net'
import { createSplitter, type Message } from './split-messages.ts'
import { trackStatements } from './track-statements.ts'

/** A statement that the proxy holds still, on its way there (hold) or on its answer's way back (after). */
export type Held = {
  sql: string
  application: string
  /** Lets it go on. */
  release: () => void
  /** Cuts this connection instead: the statement (hold) or its answer (after) is never delivered. */
  drop: () => void
}

/** What a connection asks the proxy for. A trap that is handed out is used up. */
export type RelayRules = {
  isStalled: () => boolean
  takeTrap: (
    kind: 'hold' | 'after',
    statements: readonly string[],
    application: string,
  ) => ((held: Held) => void) | undefined
  saw: (sql: string) => void
}

/** One client with a server connection of its own. */
export type Relay = { pump: () => void; cut: () => void }

/** Passes messages both ways, one after the other, as long as neither a trap nor a stall stops that way. */
export function relayConnection(
  client: Socket,
  server: { host: string; port: number },
  rules: RelayRules,
  gone: () => void,
): Relay {
  const upstream = connect(server)
  const tracker = trackStatements()
  const toServer = { queue: [] as Message[], stopped: false, ended: false }
  const toClient = { queue: [] as Message[], stopped: false, ended: false }

  const cut = () => {
    client.destroy()
    upstream.destroy()
    gone()
  }
  const stopAt = (way: { stopped: boolean }, sql: string, tell: (held: Held) => void) => {
    way.stopped = true
    const release = () => {
      way.stopped = false
      pump()
    }
    tell({ sql, application: tracker.application(), release, drop: cut })
  }

  const pumpToServer = () => {
    for (let message = toServer.queue[0]; message !== undefined && !toServer.stopped; message = toServer.queue[0]) {
      const sql = tracker.statementOf(message)
      const trap = sql === undefined ? undefined : rules.takeTrap('hold', [sql], tracker.application())
      if (sql !== undefined && trap !== undefined) return stopAt(toServer, sql, trap)
      toServer.queue.shift()
      if (sql !== undefined) rules.saw(sql)
      tracker.sent(message)
      // Plain text is what lets the statements be read; the answer N makes clients go on without encryption.
      if (message.type === 'encryption') client.write('N')
      else upstream.write(message.bytes)
    }
    if (toServer.ended && !toServer.stopped) upstream.end()
  }
  const pumpToClient = () => {
    for (let message = toClient.queue[0]; message !== undefined && !toClient.stopped; message = toClient.queue[0]) {
      const statements = tracker.answered(message)
      const trap = statements.length === 0 ? undefined : rules.takeTrap('after', statements, tracker.application())
      if (trap !== undefined) return stopAt(toClient, statements.join('; '), trap)
      toClient.queue.shift()
      client.write(message.bytes)
    }
    if (toClient.ended && !toClient.stopped) client.end()
  }
  const pump = () => {
    if (rules.isStalled()) return
    pumpToServer()
    pumpToClient()
  }

  join(client, createSplitter(true), toServer, pump)
  join(upstream, createSplitter(false), toClient, pump)
  client.on('close', () => {
    // In a silent partition nobody learns of the other's end; the way is closed when the stall is over.
    if (!rules.isStalled()) cut()
  })
  return { pump: () => (client.destroyed && !rules.isStalled() ? cut() : pump()), cut }
}

function join(
  socket: Socket,
  split: (chunk: Buffer) => Message[],
  way: { queue: Message[]; ended: boolean },
  pump: () => void,
): void {
  socket.setNoDelay(true)
  socket.on('data', (chunk) => {
    way.queue.push(...split(chunk))
    pump()
  })
  const end = () => {
    way.ended = true
    pump()
  }
  socket.on('end', end).on('close', end)
  // Resets are what a test provokes; the close that follows tells the other side.
  socket.on('error', () => {})
}
