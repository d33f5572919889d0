import { useCallback, useEffect, useRef, useState } from 'react'
import type { Place } from '../page-context.ts'
import { readPlace, writePlace } from './read-place.ts'

/** Where the window looks, kept in its address. A new conversation or thread is a step that "back" undoes. */
export function usePlace(): { place: Place; go: (change: Partial<Place>) => void; settle: (place: Place) => void } {
  const [place, setPlace] = useState(readHere)
  const latest = useRef(place)
  latest.current = place
  useEffect(() => {
    const follow = () => setPlace(readHere())
    window.addEventListener('popstate', follow)
    window.addEventListener('hashchange', follow)
    return () => {
      window.removeEventListener('popstate', follow)
      window.removeEventListener('hashchange', follow)
    }
  }, [])
  const go = useCallback((change: Partial<Place>) => {
    const old = latest.current
    const next = { ...old, ...change }
    if (writePlace(next) === writePlace(old)) return
    const moved = next.channel !== old.channel || next.thread !== old.thread
    if (moved) history.pushState(null, '', writePlace(next))
    else history.replaceState(null, '', writePlace(next))
    latest.current = next
    setPlace(next)
  }, [])
  // What the server made of a wish: unknown people and conversations fall back to others.
  const settle = useCallback((next: Place) => {
    localStorage.setItem('person', next.person)
    if (writePlace(next) !== location.hash) history.replaceState(null, '', writePlace(next))
    if (writePlace(next) !== writePlace(latest.current)) setPlace(next)
  }, [])
  return { place, go, settle }
}

function readHere(): Place {
  const place = readPlace(location.hash)
  return place.person ? place : { ...place, person: localStorage.getItem('person') ?? '' }
}
