import type { State } from '../state.ts'
import { writeTranscript } from './transcript.ts'

/** Changes announce themselves; clocks and files of the test do not, so it also looks again at this pace. */
const RECHECK_MS = 50

/**
 * Resolves with the first answer of `probe` that is neither undefined nor false.
 * After `timeoutMs` it rejects with what was awaited, the transcripts and the newest violations.
 */
export async function waitFor<T>(
  state: State,
  what: string,
  probe: () => T | undefined | false,
  timeoutMs = 15_000,
): Promise<T> {
  const deadline = performance.now() + timeoutMs
  for (;;) {
    const seen = probe()
    if (seen !== undefined && seen !== false) return seen
    if (performance.now() > deadline) throw new Error(explainTimeout(state, what, timeoutMs))
    await nextLook(state)
  }
}

function nextLook(state: State): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      state.changes.off('change', done)
      resolve()
    }
    const timer = setTimeout(done, RECHECK_MS)
    state.changes.once('change', done)
  })
}

function explainTimeout(state: State, what: string, timeoutMs: number): string {
  const talked = new Set([...state.messages, ...state.ephemerals].map((one) => one.channel))
  const violations = state.violations.slice(-5).map((one) => `${one.method}: ${one.error} ${one.detail}`)
  const calls = state.calls.slice(-8).map((one) => `${one.method} ${one.ok ? 'ok' : (one.error ?? one.status)}`)
  return [
    `waited ${timeoutMs} ms for ${what}`,
    ...[...talked].map((channel) => writeTranscript(state, channel)),
    ...(violations.length > 0 ? ['violations:', ...violations] : []),
    `last calls: ${calls.join(', ') || 'none'}`,
  ].join('\n')
}
