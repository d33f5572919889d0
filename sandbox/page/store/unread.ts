import type { PageState } from '../../slack/page/wire.ts'

/** Timestamps up to which each person has seen each conversation, by `person/conversation`; '' as conversation: at all. */
export type Seen = Readonly<Record<string, string>>

/** What is new in a conversation: `badge` counts what would light up a lock screen, `fresh` is any news. */
export interface Unread {
  readonly badge: number
  readonly fresh: boolean
}

/** News of each conversation for the person whose state this is. */
export function countUnread(state: PageState, seen: Seen): ReadonlyMap<string, Unread> {
  return new Map(
    state.channels.map(({ id, newestMessage, direct }) => {
      const upTo = seen[`${state.person}/${id}`] ?? ''
      const badge = state.notifications.filter((one) => one.channel === id && one.ts > upTo).length
      return [id, { badge, fresh: badge > 0 || (!direct && newestMessage > upTo) }]
    }),
  )
}

/** People other than the present one who were notified since they were last looked after. */
export function findWaiting(state: PageState, seen: Seen): ReadonlySet<string> {
  const waiting = state.users.filter(
    ({ id }) => id !== state.person && (state.newest[id] ?? '') > (seen[`${id}/`] ?? ''),
  )
  return new Set(waiting.map(({ id }) => id))
}

/** True when somebody was notified, or something waits for the present person in another conversation. */
export function hasNewsElsewhere(state: PageState, seen: Seen): boolean {
  const unread = countUnread(state, seen)
  const isHere = (id: string) => id === state.channel
  return (
    findWaiting(state, seen).size > 0 ||
    state.channels.some(({ id }) => !isHere(id) && (unread.get(id)?.badge ?? 0) > 0)
  )
}

/** Marks the open conversation as seen by the present person; the same object when nothing is new. */
export function markSeen(state: PageState, seen: Seen): Seen {
  const here = state.channels.find((one) => one.id === state.channel)
  const marks = {
    [`${state.person}/`]: state.newest[state.person] ?? '',
    ...(here ? { [`${state.person}/${here.id}`]: latest(here.newest, here.newestMessage) } : {}),
  }
  const changed = Object.entries(marks).filter(([key, ts]) => ts > (seen[key] ?? ''))
  return changed.length > 0 ? { ...seen, ...Object.fromEntries(changed) } : seen
}

function latest(one: string, other: string): string {
  return one > other ? one : other
}
