/** Bytes of a line in which its time is looked for. */
const headLength = 300
const newline = 10

/** Lets the lines of a stretch of time pass, cut from bytes as they come. */
export interface Window {
  /** What of these bytes belongs to it. */
  push(chunk: Buffer): readonly Buffer[]
  /** A file ends: what is kept back of its last line, which may have no newline. */
  endFile(): readonly Buffer[]
  /** Lines that were left out before the first that passed. */
  skipped(): number
  /** Whether any line so far bore a time; without one nothing can be cut. */
  sawTime(): boolean
  /** True behind its end: no more needs to be read. */
  isOver(): boolean
}

/**
 * A window from `since` to `until` (milliseconds, null for none). It opens with the first line that is not older, and
 * lines without a time go with the one before them, as the parts of an event do.
 */
export function cutWindow(of: {
  readonly since: number | null
  readonly until: number | null
  readonly readTime: (head: string) => number | null
}): Window {
  const { since, until, readTime } = of
  let isOpen = since === null
  let isOver = false
  let sawTime = false
  let skipped = 0
  /** The head of a line that is too short yet to be decided. */
  let head = ''
  /** What was decided of the line whose end has not come yet. */
  let passes: boolean | null = null

  const decide = (text: string): boolean => {
    const at = readTime(text)
    if (at !== null) {
      sawTime = true
      if (since !== null && at >= since) isOpen = true
      if (isOpen && until !== null && at > until) isOver = true
    }
    return isOpen && !isOver
  }

  return {
    push(chunk) {
      const passed: Buffer[] = []
      for (let from = 0; from < chunk.length && !isOver; ) {
        if (isOpen && until === null && passes !== false && head === '') return [...passed, chunk.subarray(from)]
        const end = chunk.indexOf(newline, from)
        const stop = end < 0 ? chunk.length : end + 1
        if (passes === null) {
          const text = head + chunk.toString('latin1', from, Math.min(stop, from + headLength))
          if (end < 0 && text.length < headLength) {
            head = text
            return passed
          }
          passes = decide(text)
          if (passes && head !== '') passed.push(Buffer.from(head, 'latin1'))
          head = ''
        }
        if (passes) passed.push(chunk.subarray(from, stop))
        if (end >= 0) {
          if (!passes && !isOpen) skipped += 1
          passes = null
        }
        from = stop
      }
      return passed
    },
    endFile() {
      const isOpenLine = head !== '' || passes !== null
      const passed = head !== '' && decide(head) ? [Buffer.from(head, 'latin1')] : []
      if (isOpenLine && !isOpen) skipped += 1
      head = ''
      passes = null
      return passed
    },
    skipped: () => skipped,
    sawTime: () => sawTime,
    isOver: () => isOver,
  }
}
