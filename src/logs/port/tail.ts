/** Bytes of a line that are kept. */
const longest = 8 * 1024

/** The newest lines of what passes by, as bytes in latin1. */
export interface Tail {
  push(chunk: Buffer): void
  /** Oldest first; the last may still be growing. */
  lines(): readonly string[]
  /** Lines that passed by so far. */
  total(): number
}

/** Keeps the last `count` lines; memory does not grow with what is pushed. */
export function createTail(count: number): Tail {
  let kept: string[] = []
  let open = ''
  let total = 0
  return {
    push(chunk) {
      for (let from = 0; from < chunk.length; ) {
        const end = chunk.indexOf(10, from)
        const stop = end < 0 ? chunk.length : end
        if (open.length < longest) open += chunk.toString('latin1', from, Math.min(stop, from + longest))
        if (end < 0) return
        total += 1
        kept.push(open.slice(0, longest))
        if (kept.length > count) kept = kept.slice(-count)
        open = ''
        from = end + 1
      }
    },
    lines: () => (open === '' ? kept : [...kept, open]).slice(-count),
    total: () => total + (open === '' ? 0 : 1),
  }
}
