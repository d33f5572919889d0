import { closeSync, fstatSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import type { ToolStart } from '../ports/tool-runner.ts'
import { createLineReader, longestTail } from './read-lines.ts'

/** How long output may still come after the program has ended; a stray child may hold the pipe open for ever. */
const graceMs = 500

interface Streams {
  readonly stdout: Readable | null
  readonly stderr: Readable | null
}

interface OpenRead {
  untilClosed(): Promise<void>
  tails(): { readonly stdoutTail: string; readonly stderrTail: string }
}

/** execa's types know the file descriptors 3 to 9 only; Node takes any. */
type Descriptor = 3

export interface ToolOutput {
  readonly stdout: 'pipe' | Descriptor
  readonly stderr: 'pipe' | Descriptor
  read(child: Streams): OpenRead
  close(): void
}

/**
 * Where a tool's output goes. Pipes, unless the program may leave processes: those would keep a pipe open, and
 * break on writing to it once we are gone; they write to nameless files instead.
 */
export function openOutput(start: ToolStart, toFiles: boolean, onFailure: (error: unknown) => void): ToolOutput {
  const out = createLineReader(guard(start.onStdoutLine, onFailure))
  const err = createLineReader(guard(start.onStderrLine, onFailure))
  if (!toFiles) {
    return {
      stdout: 'pipe',
      stderr: 'pipe',
      read(child) {
        if (start.onStdout !== undefined) child.stdout?.on('data', start.onStdout)
        const closed = Promise.all([drain(child.stdout, out), drain(child.stderr, err)])
        return {
          async untilClosed() {
            const timer = new AbortController()
            const late = delay(graceMs, undefined, { signal: timer.signal }).catch(() => {})
            await Promise.race([closed, late])
            timer.abort()
            child.stdout?.destroy()
            child.stderr?.destroy()
            await closed
          },
          tails: () => ({ stdoutTail: out.tail(), stderrTail: err.tail() }),
        }
      },
      close() {},
    }
  }
  const files = { stdout: openNameless(), stderr: openNameless() }
  return {
    ...files,
    read: () => ({
      async untilClosed() {
        readEnd(files.stdout, out)
        readEnd(files.stderr, err)
      },
      tails: () => ({ stdoutTail: out.tail(), stderrTail: err.tail() }),
    }),
    close() {
      closeSync(files.stdout)
      closeSync(files.stderr)
    },
  }
}

type Reader = ReturnType<typeof createLineReader>

function drain(stream: Readable | null, reader: Reader): Promise<void> {
  if (stream === null) return Promise.resolve()
  stream.on('data', (chunk: Buffer) => reader.take(chunk))
  return new Promise((resolve) => {
    stream.once('error', () => {})
    stream.once('close', () => {
      reader.end()
      resolve()
    })
  })
}

/** A callback that throws must not bring the process down from inside a stream's event. */
function guard(onLine: ((line: string) => void) | undefined, onFailure: (error: unknown) => void) {
  return (line: string): void => {
    try {
      onLine?.(line)
    } catch (error) {
      onFailure(error)
    }
  }
}

function openNameless(): Descriptor {
  const folder = mkdtempSync(join(tmpdir(), 'salvor-tool-'))
  const file = openSync(join(folder, 'output'), 'a+', 0o600)
  rmSync(folder, { recursive: true })
  return file as Descriptor
}

function readEnd(file: number, reader: Reader): void {
  const { size } = fstatSync(file)
  const buffer = Buffer.alloc(Math.min(size, longestTail))
  const got = readSync(file, buffer, 0, buffer.length, size - buffer.length)
  reader.take(buffer.subarray(0, got))
  reader.end()
}
