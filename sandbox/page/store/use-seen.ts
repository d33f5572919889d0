import { useEffect, useState } from 'react'
import type { PageState } from '../../slack/page/wire.ts'
import { markSeen, type Seen } from './unread.ts'

/** What has been seen, remembered in this browser; looking at a conversation marks it. */
export function useSeen(state: PageState | undefined): Seen {
  const [seen, setSeen] = useState<Seen>(readSeen)
  useEffect(() => {
    const look = () => {
      if (!document.hidden && state) setSeen((old) => markSeen(state, old))
    }
    look()
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [state])
  useEffect(() => localStorage.setItem('seen', JSON.stringify(seen)), [seen])
  return seen
}

function readSeen(): Seen {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem('seen') ?? '{}')
    return typeof stored === 'object' && stored !== null ? (stored as Seen) : {}
  } catch {
    return {}
  }
}
