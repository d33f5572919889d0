import pg from 'pg'

/** A client that writes one row again and again, as an application would, and comes back whenever it is sent away. */
export interface Writer {
  /** The longest time in which it could not write since this was asked last, in seconds, and how often it wrote. */
  readLongest(): { readonly closed: number; readonly writes: number }
  stop(): Promise<void>
}

const EVERY_MS = 20

/** Writes at once and from then on; each connection is a new one after an error, as a pool makes it. */
export function startWriter(url: string, sql: string): Writer {
  let [longest, writes] = [0, 0]
  let last = performance.now()
  let going = true
  const note = () => {
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
    writes += 1
  }
  const write = async () => {
    while (going) {
      const client = new pg.Client({ connectionString: url })
      client.on('error', () => {})
      try {
        await client.connect()
        while (going) {
          await client.query(sql)
          note()
          await pause()
        }
      } catch {
        await pause()
      } finally {
        await client.end().catch(() => {})
      }
    }
  }
  const done = write()
  return {
    readLongest() {
      const closed = Math.max(longest, performance.now() - last)
      const seen = { closed: closed / 1000, writes }
      ;[longest, writes] = [0, 0]
      return seen
    },
    async stop() {
      going = false
      await done
    },
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, EVERY_MS))
}
