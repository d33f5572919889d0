import { type RefObject, useEffect, useRef, useState } from 'react'

/**
 * For a box that may be too narrow for what it holds: only what can be reached by keyboard can be scrolled by
 * keyboard, but a stop of the Tab key at every box would be in everybody's way.
 */
export function useScrollable(): { readonly ref: RefObject<HTMLDivElement | null>; readonly tabIndex: 0 | undefined } {
  const ref = useRef<HTMLDivElement>(null)
  const [scrolls, setScrolls] = useState(false)
  useEffect(() => {
    const box = ref.current
    if (!box) return
    const look = () => setScrolls(box.scrollWidth > box.clientWidth + 1)
    const watch = new ResizeObserver(look)
    watch.observe(box)
    return () => watch.disconnect()
  }, [])
  return { ref, tabIndex: scrolls ? 0 : undefined }
}
