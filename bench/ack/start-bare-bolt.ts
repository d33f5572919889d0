import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export interface BareBolt {
  readonly url: string
  close(): Promise<void>
}

/** Starts the app that is the measure of Salvor's acknowledgement, and waits until it listens. */
export async function startBareBolt(of: {
  readonly signingSecret: string
  readonly botToken: string
  readonly apiUrl: string
}): Promise<BareBolt> {
  const program = fileURLToPath(new URL('bare-bolt.ts', import.meta.url))
  const argv = [program, of.signingSecret, of.botToken, of.apiUrl]
  const child: ChildProcess = spawn(process.execPath, argv, { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  if (!child.stdout) throw new Error('the bare Bolt app has no output')
  const first = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next()
  if (first.done) throw new Error('the bare Bolt app ended before it listened')
  return {
    url: `http://127.0.0.1:${first.value}/slack/events`,
    async close() {
      child.stdin?.end()
      await ended
    },
  }
}
