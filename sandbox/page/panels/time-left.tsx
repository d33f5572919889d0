import { useEffect, useState } from 'react'
import { writeLength } from './write-times.ts'

/** How long until a moment, counting down by itself; `before` stands in front while there is any. */
export function TimeLeft({ until, before }: { readonly until: number; readonly before: string }) {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return until > now ? <span>{`${before}${writeLength(until - now)}.`}</span> : null
}
