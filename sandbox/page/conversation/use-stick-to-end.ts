import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'

/** Nearer to the end than this counts as being there. In pixels. */
const NEAR_PX = 40

/**
 * Keeps a scrolling list at its end while it is there, whatever grows in it, and leaves it alone otherwise. `newest`
 * names the last entry: when it changes while the reader is further up, `missed` becomes true.
 */
export function useStickToEnd(newest: string): {
  readonly list: RefObject<HTMLDivElement | null>
  readonly missed: boolean
  onScroll(): void
  jump(): void
} {
  const list = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  const known = useRef(newest)
  const heights = useRef('')
  const [missed, setMissed] = useState(false)
  const toEnd = useCallback(() => {
    const box = list.current
    if (box) box.scrollTop = box.scrollHeight
  }, [])
  useLayoutEffect(() => {
    if (atEnd.current) toEnd()
    else if (newest > known.current) setMissed(true)
    known.current = newest
  }, [newest, toEnd])
  // Pictures that load, previews that unfold, a composer that grows: all change the height without a new entry.
  useEffect(() => {
    const box = list.current
    const content = box?.firstElementChild
    if (!box || !content) return
    const watcher = new ResizeObserver(() => {
      if (atEnd.current) toEnd()
      heights.current = measure(box)
    })
    watcher.observe(box)
    watcher.observe(content)
    return () => watcher.disconnect()
  }, [toEnd])
  const onScroll = useCallback(() => {
    const box = list.current
    // What moves because the content has another height is no wish of the reader: the watcher sees to that.
    if (!box || (atEnd.current && heights.current !== measure(box))) return
    atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX
    if (atEnd.current) setMissed(false)
  }, [])
  const jump = useCallback(() => {
    atEnd.current = true
    setMissed(false)
    toEnd()
  }, [toEnd])
  return { list, missed, onScroll, jump }
}

function measure(box: HTMLElement): string {
  return `${box.scrollHeight} ${box.clientHeight}`
}
