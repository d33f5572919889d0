import { setTimeout as delay } from 'node:timers/promises'

/** Limits are generous: a condition ends the wait, and a busy machine (load 10 on 2 cores) is several times slower. */
const PATIENCE = 4

/**
 * Waits until `probe` gives something truthy and returns it. An error thrown by the probe counts as "not yet". After
 * `limitMs` of an idle machine's time it throws, naming `what` was awaited and the last thing that was seen.
 */
export async function until<T>(
  what: string,
  probe: () => T | Promise<T>,
  limitMs = 10_000,
  everyMs = 20,
): Promise<NonNullable<T>> {
  const timeoutMs = limitMs * PATIENCE
  const deadline = performance.now() + timeoutMs
  let seen = 'nothing yet'
  do {
    try {
      const value = await probe()
      if (value) return value
      seen = describe(value)
    } catch (error) {
      seen = `error: ${error instanceof Error ? error.message : String(error)}`
    }
    await delay(everyMs)
  } while (performance.now() < deadline)
  throw new Error(`Waited ${timeoutMs} ms for: ${what}. Last seen: ${seen}`)
}

function describe(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value)
  } catch {
    return String(value)
  }
}
