/**
 * Wraps a task so that it never runs twice at a time. A call during a run asks for one more run after it, however many
 * such calls there are; each promise resolves with the end of a run that began after its call.
 */
export function runAlone(task: () => Promise<void>): () => Promise<void> {
  let current: Promise<void> | undefined
  let next: Promise<void> | undefined
  const start = () => {
    current = task().finally(() => {
      current = undefined
    })
    return current
  }
  return () => {
    if (!current) return start()
    next ??= current
      .catch(() => {})
      .then(() => {
        next = undefined
        return start()
      })
    return next
  }
}
