import { useRef } from 'react'
import { type History, recall, remember } from './history.ts'

/** What this person said before in this window, for the arrow keys. */
export function useHistory(person: string) {
  const key = `said ${person}`
  const history = useRef<History>(undefined)
  const read = () => {
    history.current ??= { lines: JSON.parse(sessionStorage.getItem(key) ?? '[]') as string[], back: 0 }
    return history.current
  }
  return {
    /** True while the composer shows a line of the history. */
    isBack: () => read().back > 0,
    recall(older: boolean): string {
      const { history: next, text } = recall(read(), older)
      history.current = next
      return text
    },
    remember(said: string) {
      // The other composer of this window may have written meanwhile.
      const lines = JSON.parse(sessionStorage.getItem(key) ?? '[]') as string[]
      history.current = remember({ lines, back: 0 }, said)
      sessionStorage.setItem(key, JSON.stringify(history.current.lines))
    },
    reset() {
      history.current = undefined
    },
  }
}
