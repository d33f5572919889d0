import { useMemo, useRef } from 'react'
import type { Answer } from '../../slack/page/wire.ts'
import { askConfirmation } from '../forms/index.tsx'
import type { PageActions, Place } from '../page-context.ts'
import { postAction } from './call-server.ts'
import { readPermalink } from './read-place.ts'

interface Means {
  readonly place: Place
  go(change: Partial<Place>): void
  refresh(): Promise<void>
  propose(words: string, thread: boolean): void
  /** Tells the person what went wrong with something that has no place of its own for it. */
  tell(words: string): void
}

/** What people can do, as one object that stays the same while the page is open. */
export function useActions(means: Means): PageActions {
  const latest = useRef(means)
  latest.current = means
  return useMemo(() => {
    const send = async (action: string, body: Readonly<Record<string, unknown>>): Promise<Answer> => {
      const answer = await postAction(action, { person: latest.current.place.person, ...body })
      void latest.current.refresh()
      return answer
    }
    const sendAloud = async (action: string, body: Readonly<Record<string, unknown>>): Promise<Answer> => {
      const answer = await send(action, body)
      if (answer.error) latest.current.tell(answer.error)
      return answer
    }
    return {
      go: (change) => latest.current.go(change),
      say: (text, where) => send('say', { text, ...where }),
      async press({ source, block, element, holds }) {
        if (element.confirm !== undefined && !(await askConfirmation(element.confirm))) return undefined
        if (typeof element.url === 'string') openLink(element.url, latest.current.go)
        return sendAloud('press', { source, block, action: element.action_id, holds })
      },
      submit: (values) => send('submit', { values }),
      closeModal: () => sendAloud('close', {}),
      react: ({ channel, ts }, emoji) => sendAloud('react', { channel, ts, emoji }),
      openHome: () => send('home', {}),
      act: send,
      propose: (words, thread) => latest.current.propose(words, thread),
    }
  }, [])
}

/** Links to messages of this workspace stay on the page, all others get a window of their own. */
function openLink(address: string, go: (change: Partial<Place>) => void): void {
  const url = URL.canParse(address, location.href) ? new URL(address, location.href) : undefined
  const place = url?.origin === location.origin ? readPermalink(address) : undefined
  if (place) go(place)
  else if (url && /^https?:$/.test(url.protocol)) window.open(url, '_blank', 'noopener')
}
