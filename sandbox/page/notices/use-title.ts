import { useEffect } from 'react'
import type { PageState } from '../../slack/page/wire.ts'
import { countUnread, type Seen } from '../store/unread.ts'

/** Tells in the window's title where one is and how many notifications wait elsewhere. */
export function useTitle(state: PageState | undefined, seen: Seen): void {
  useEffect(() => {
    if (!state) return
    const here = state.channels.find((one) => one.id === state.channel)
    const badges = [...countUnread(state, seen)].filter(([id]) => id !== here?.id).map(([, { badge }]) => badge)
    const waiting = badges.reduce((sum, one) => sum + one, 0)
    const me = state.users.find((one) => one.id === state.person)?.name
    const name = here ? `${here.direct ? '' : '#'}${here.name}` : ''
    document.title = `${waiting > 0 ? `(${waiting}) ` : ''}${name} as ${me} | ${state.team.name}`
  }, [state, seen])
}
