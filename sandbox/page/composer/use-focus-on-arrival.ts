import { type RefObject, useEffect } from 'react'

/** Puts the caret into a composer that has just appeared. Not on touch screens, where that brings up the keyboard. */
export function useFocusOnArrival(box: RefObject<HTMLTextAreaElement | null>): void {
  useEffect(() => {
    const isBusyElsewhere = document.querySelector('dialog[open], [role="dialog"]') !== null
    if (matchMedia('(hover: hover)').matches && !isBusyElsewhere) box.current?.focus()
  }, [box])
}
