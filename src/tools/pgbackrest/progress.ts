import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { StepPhase } from '../../domain/phase.ts'
import type { Progress } from '../../domain/progress.ts'

/** Told this often whether or not anything moved: silence for ten seconds looks like a hang. */
const EVERY_MS = 5_000

/** Tells the progress that `read` sees again and again while `work` goes on. */
export async function tellWhile<T>(
  onProgress: ((progress: Progress) => void) | undefined,
  read: () => Promise<Progress> | Progress,
  work: () => Promise<T>,
): Promise<T> {
  const over = new AbortController()
  const telling = (async () => {
    while (!over.signal.aborted) {
      onProgress?.(await read())
      await delay(EVERY_MS, undefined, { signal: over.signal }).catch(() => {})
    }
  })()
  try {
    return await work()
  } finally {
    over.abort()
    await telling
  }
}

/** Bytes on disk of an expected size, with rate and a range for the end from what was seen so far. */
export function trackBytes(phase: StepPhase, expected: number): (bytes: number, now: number) => Progress {
  let began: { readonly at: number; readonly bytes: number } | undefined
  return (bytes, now) => {
    began ??= { at: now, bytes }
    const seconds = (now - began.at) / 1000
    const perSecond = seconds >= 1 ? (bytes - began.bytes) / seconds : 0
    const fraction = expected > 0 ? Math.min(1, bytes / expected) : null
    const left = Math.max(0, expected - bytes)
    const end = (times: number) => new Date(now + (left / perSecond) * times * 1000).toISOString()
    return {
      phase,
      fraction,
      rate: perSecond > 0 ? perSecond : null,
      readyBetween: perSecond > 0 ? [end(0.7), end(1.6)] : null,
    }
  }
}

/** Bytes of all files below a folder, as far as they are on the disk already. */
export async function sumOnDisk(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  let sum = 0
  for (const entry of entries) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) sum += await sumOnDisk(path)
    else
      sum += await stat(path).then(
        ({ size, blocks }) => Math.min(size, blocks * 512),
        () => 0,
      )
  }
  return sum
}
