import type { Log } from './ports/log.ts'

/** A part that can be stopped: a role, a listener, the core. */
export interface Part {
  readonly name: string
  stop(): Promise<unknown> | unknown
}

/**
 * Milliseconds in which a process must be gone after SIGTERM. Supervisors kill after 30 s (Kubernetes) or 90 s
 * (systemd); what is cut off is taken over from the store, so waiting longer gains nothing.
 */
export const SHUTDOWN_MS = 20_000

/**
 * Stops parts in order. A part that does not end, such as one that waits for a store that is gone, holds up neither
 * the others nor the end: each has an equal share of the time. Answers the names of those that did not end.
 */
export async function shutDown(parts: readonly Part[], log: Log, withinMs = SHUTDOWN_MS): Promise<string[]> {
  const share = withinMs / Math.max(parts.length, 1)
  const left: string[] = []
  for (const part of parts) if (!(await endsWithin(part, share, log))) left.push(part.name)
  return left
}

async function endsWithin(part: Part, ms: number, log: Log): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms)
  })
  const stopped = (async () => part.stop())().then(
    () => true,
    (error) => {
      log.warn({ part: part.name, error: String(error) }, 'a part did not stop cleanly')
      return true
    },
  )
  const ended = await Promise.race([stopped, late])
  clearTimeout(timer)
  if (!ended) log.error({ part: part.name, waitedMs: ms }, 'a part did not stop in time and is left')
  return ended
}
