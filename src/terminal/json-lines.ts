import type { Socket } from 'node:net'

/** A line longer than that is no message of ours. */
const LONGEST = 4 * 1024 * 1024
/** Whoever takes nothing of what comes would have this process keep it. */
const MOST_UNSENT = 16 * 1024 * 1024

/** Both directions of a socket as JSON, one value a line. */
export interface JsonLines {
  send(value: unknown): void
  /** The next value; undefined once the other end is gone, or speaks something else. */
  next(): Promise<unknown>
  onEnd(listener: () => void): void
  close(): void
}

/**
 * Speaks JSON lines over a socket. Errors of the socket are its end, and so is an other end that sends longer lines, or
 * has more values waiting than it may.
 */
export function speakJson(
  socket: Socket,
  may: { readonly longest?: number; readonly waiting?: number } = {},
): JsonLines {
  const { longest = LONGEST, waiting: mostWaiting = Number.POSITIVE_INFINITY } = may
  const waiting: ((value: unknown) => void)[] = []
  const come: unknown[] = []
  const listeners: (() => void)[] = []
  let ended = false
  let rest = ''
  const end = () => {
    if (ended) return
    ended = true
    for (const one of waiting.splice(0)) one(undefined)
    for (const listener of listeners) listener()
    socket.destroy()
  }
  const take = (line: string) => {
    try {
      const value: unknown = JSON.parse(line)
      const first = waiting.shift()
      if (first) first(value)
      else if (come.length < mostWaiting) come.push(value)
      else end()
    } catch {
      end()
    }
  }
  socket.setEncoding('utf8')
  socket.on('error', end)
  socket.on('close', end)
  socket.on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > longest || lines.some((line) => line.length > longest)) return end()
    for (const line of lines) if (line !== '' && !ended) take(line)
  })
  return {
    send: (value) => {
      if (ended) return
      if (socket.writableLength > MOST_UNSENT) return end()
      socket.write(`${JSON.stringify(value)}\n`)
    },
    next: () => {
      if (come.length > 0) return Promise.resolve(come.shift())
      if (ended) return Promise.resolve(undefined)
      return new Promise((resolve) => waiting.push(resolve))
    },
    onEnd: (listener) => void listeners.push(listener),
    close: () => void socket.end(),
  }
}
