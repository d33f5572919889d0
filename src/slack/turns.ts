/** So many begin at once: what they compute keeps the process from acknowledging others. */
const AT_ONCE = 4
/** Whoever takes longer than this waits for somebody (Slack, the store) and is in nobody's way. */
const MAKES_ROOM_AFTER_MS = 150

/** Lets work begin in turn. Resolves to a function that ends the turn; it may be called late, or not at all. */
export type TakeTurn = () => Promise<() => void>

/**
 * Keeps a burst of commands from delaying its own acknowledgements: what has already arrived is read first, and only
 * a few begin to work at the same time. Never blocks: a turn ends by itself.
 */
export function createTurns(): TakeTurn {
  const waiting: (() => void)[] = []
  let taken = 0
  const begin = () => {
    while (taken < AT_ONCE && waiting.length > 0) {
      taken += 1
      waiting.shift()?.()
    }
  }
  const end = (timer: NodeJS.Timeout) => {
    clearTimeout(timer)
    taken -= 1
    // After the next look at the sockets, not before.
    setImmediate(begin)
  }
  return async () => {
    await new Promise<void>((resolve) => {
      waiting.push(resolve)
      setImmediate(begin)
    })
    let ended = false
    const endOnce = () => {
      if (!ended) end(timer)
      ended = true
    }
    const timer = setTimeout(endOnce, MAKES_ROOM_AFTER_MS)
    return endOnce
  }
}
