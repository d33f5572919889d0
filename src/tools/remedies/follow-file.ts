import { open, stat } from 'node:fs/promises'
import { createLineReader } from '../read-lines.ts'

/** Milliseconds between two looks: a card is not drawn oftener than that. */
const lookEvery = 500
/** Of what came at once only the end is read: it is for showing where a program is. In bytes. */
const readAtOnce = 64 * 1024

/** Passes on what is added to a file from now on, line by line. `stop` reads the rest. A file that is not there is waited for. */
export async function followFile(path: string, onLine: (line: string) => void): Promise<{ stop(): Promise<void> }> {
  const lines = createLineReader(onLine)
  let at = await sizeOf(path)
  let looking: Promise<void> = Promise.resolve()
  const look = async () => {
    const size = await sizeOf(path)
    // Shorter than before: it was begun anew.
    if (size < at) at = 0
    if (size === at) return
    const from = Math.max(at, size - readAtOnce)
    at = size
    const file = await open(path)
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from)
      lines.take(buffer.subarray(0, bytesRead))
    } finally {
      await file.close()
    }
  }
  // Not being able to read its log must not end the program.
  const timer = setInterval(() => {
    looking = looking.then(look).catch(() => {})
  }, lookEvery)
  return {
    async stop() {
      clearInterval(timer)
      await looking.then(look).catch(() => {})
      lines.end()
    },
  }
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  )
}
