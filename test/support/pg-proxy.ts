import { createServer, type Server } from 'node:net'
import { type Held, type Relay, relayConnection } from './pg-proxy/relay-connection.ts'

export type { Held } from './pg-proxy/relay-connection.ts'

/** Stands between Salvor and a PostgreSQL server and stops the world at an exact statement. */
export type PgProxy = {
  port: number
  /** The same address through the proxy. */
  through: (url: string) => string
  /** Resolves when the next matching statement (of such an application) arrives; it is not passed on until released. */
  hold: (pattern: RegExp, application?: RegExp) => Promise<Held>
  /** Resolves once the server answered the next matching statement (done or error); the answer waits for release. */
  after: (pattern: RegExp, application?: RegExp) => Promise<Held>
  /** Forgets the traps that nothing has stepped on. */
  disarm: () => void
  /** Closes all present connections. */
  cut: () => void
  /** true: new connections are refused, present ones stay. false: accepted again. */
  refuse: (on: boolean) => Promise<void>
  /** true: no byte passes and no end is told, connections stay (a silent partition). false: all that waited passes. */
  stall: (on: boolean) => void
  /** Statements that were passed on so far, in order, to see what there is to stop at. */
  statements: () => readonly string[]
  close: () => Promise<void>
}

type Trap = { kind: 'hold' | 'after'; pattern: RegExp; application: RegExp; tell: (held: Held) => void }

/** Starts a proxy on a free port of 127.0.0.1 in front of the server of `url`. It knows no encryption. */
export async function startPgProxy(url: string): Promise<PgProxy> {
  const target = { host: new URL(url).hostname, port: Number(new URL(url).port || 5432) }
  const relays = new Set<Relay>()
  const traps: Trap[] = []
  const statements: string[] = []
  let stalled = false

  const takeTrap = (kind: Trap['kind'], seen: readonly string[], application: string) => {
    const fits = (trap: Trap) => trap.kind === kind && trap.application.test(application)
    const index = traps.findIndex((trap) => fits(trap) && seen.some((sql) => trap.pattern.test(sql)))
    return index < 0 ? undefined : traps.splice(index, 1)[0]?.tell
  }
  const rules = { isStalled: () => stalled, takeTrap, saw: (sql: string) => statements.push(sql) }
  const server = createServer((client) => {
    const relay: Relay = relayConnection(client, target, rules, () => relays.delete(relay))
    relays.add(relay)
  })
  const port = await listen(server, 0)
  const cut = () => {
    for (const relay of [...relays]) relay.cut()
  }
  const setTrap = (kind: Trap['kind'], pattern: RegExp, application = /^/) =>
    new Promise<Held>((tell) => {
      traps.push({ kind, pattern, application, tell })
    })

  return {
    port,
    through: (address) => Object.assign(new URL(address), { hostname: '127.0.0.1', port: String(port) }).href,
    hold: (pattern, application) => setTrap('hold', pattern, application),
    after: (pattern, application) => setTrap('after', pattern, application),
    disarm: () => {
      traps.length = 0
    },
    cut,
    refuse: async (on) => {
      // close() only calls back once the last connection is gone; no longer listening is at once.
      if (on) server.close()
      else if (!server.listening) await listen(server, port)
    },
    stall: (on) => {
      stalled = on
      if (!on) for (const relay of [...relays]) relay.pump()
    },
    statements: () => statements,
    close: async () => {
      stalled = false
      cut()
      if (server.listening) await new Promise((resolve) => server.close(resolve))
    },
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}
