import { type RefObject, useCallback, useEffect, useState } from 'react'
import { useShell } from '../shell-context.ts'

/** What is being typed at a place; survives going elsewhere and a reload. Takes over words that are proposed. */
export function useDraft(place: string, inThread: boolean, box: RefObject<HTMLTextAreaElement | null>) {
  const key = `draft ${place}`
  const { proposal } = useShell()
  const [text, setText] = useState(() => sessionStorage.getItem(key) ?? '')
  const write = useCallback(
    (words: string) => {
      if (words === '') sessionStorage.removeItem(key)
      else sessionStorage.setItem(key, words)
      setText(words)
    },
    [key],
  )
  useEffect(() => {
    if (!proposal || proposal.thread !== inThread || taken.has(proposal.number)) return
    taken.add(proposal.number)
    write(proposal.words)
    box.current?.focus()
  }, [proposal, inThread, write, box])
  return [text, write] as const
}

// A proposal is taken once, also when the composer that took it is replaced by another one.
const taken = new Set<number>()
