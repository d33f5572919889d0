/** Milliseconds that a migration has to end by itself once it was told to. */
const graceMs = 10_000

/**
 * Ends a program in two steps when `stop` aborts: first it is asked to end, then, after a grace, `kill` aborts as
 * well. `done` must be called when the program has ended.
 */
export function stopWith(
  stop: AbortSignal,
  ask: (signal: AbortSignal) => Promise<void>,
  grace = graceMs,
): { readonly kill: AbortSignal; readonly done: () => void } {
  const kill = new AbortController()
  const ended = new AbortController()
  const onStop = async () => {
    const timer = setTimeout(() => kill.abort(stop.reason), grace)
    ended.signal.addEventListener('abort', () => clearTimeout(timer), { once: true })
    try {
      await ask(AbortSignal.any([ended.signal, AbortSignal.timeout(grace)]))
    } catch {
      // Whoever cannot be asked is ended.
      kill.abort(stop.reason)
    }
  }
  const listener = () => void onStop()
  if (stop.aborted) kill.abort(stop.reason)
  else stop.addEventListener('abort', listener, { once: true })
  return {
    kill: kill.signal,
    done: () => {
      stop.removeEventListener('abort', listener)
      ended.abort()
    },
  }
}
