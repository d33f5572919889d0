import { type ReactNode, useRef } from 'react'
import { type PageContext, PageContextSlot, usePage } from '../page-context.ts'

/**
 * What messages know of the page: names, place, actions and colours, but not each other. Without it every message would
 * be drawn again at each change of any.
 */
export function StablePage({ children }: { readonly children: ReactNode }) {
  const page = usePage()
  const kept = useRef(page)
  if (!isSameForMessages(kept.current, page)) kept.current = page
  return <PageContextSlot.Provider value={kept.current}>{children}</PageContextSlot.Provider>
}

function isSameForMessages(one: PageContext, other: PageContext): boolean {
  return (
    one.state.person === other.state.person &&
    one.state.users === other.state.users &&
    one.state.userGroups === other.state.userGroups &&
    one.state.allChannels === other.state.allChannels &&
    one.state.bot === other.state.bot &&
    one.place.channel === other.place.channel &&
    one.place.thread === other.place.thread &&
    one.actions === other.actions &&
    one.theme === other.theme
  )
}
