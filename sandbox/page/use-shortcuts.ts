import { useEffect } from 'react'
import type { PageState } from '../slack/page/wire.ts'
import type { Place } from './page-context.ts'

/** Keys that work everywhere: Ctrl or Cmd with K jumps, Alt with a digit takes a person's place. */
export function useShortcuts(
  state: PageState | undefined,
  go: (change: Partial<Place>) => void,
  openSwitcher: () => void,
): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // An open dialog is to be answered first.
      if (document.querySelector('dialog[open]')) return
      const digit = /^Digit([1-9])$/.exec(event.code)?.[1]
      const person = event.altKey && digit ? state?.users[Number(digit) - 1] : undefined
      if (person) go({ person: person.id })
      else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') openSwitcher()
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [state, go, openSwitcher])
}
