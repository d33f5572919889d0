import { useEffect, useRef } from 'react'
import { usePage } from '../page-context.ts'
import { useNewsSeen } from './news-seen.ts'
import { closeDrawer } from './open-drawer.ts'
import { writeClock } from './write-times.ts'

/** Lock screen of the person that the window belongs to, newest first; a press goes to the conversation. */
export function NotificationList() {
  const { state, actions } = usePage()
  const [seen, keepSeen] = useNewsSeen(state.person)
  const seenBefore = useRef({ person: state.person, seen })
  if (seenBefore.current.person !== state.person) seenBefore.current = { person: state.person, seen }
  const newest = state.notifications.at(-1)?.at ?? 0
  useEffect(() => {
    if (newest > seen) keepSeen(newest)
  })
  const name = state.users.find((one) => one.id === state.person)?.realName.split(' ')[0] ?? state.person
  if (state.notifications.length === 0)
    return (
      <p className="drawer-empty">
        😴 {name}’s phone has stayed dark: nothing that needed {name} so far.
      </p>
    )
  return (
    <ul className="lock-screen">
      {state.notifications.toReversed().map((one) => (
        <li key={one.ts}>
          <button
            type="button"
            className="lock-note"
            onClick={() => {
              actions.go({ channel: one.channel, thread: one.threadTs ?? '' })
              closeDrawer()
            }}
          >
            <span className="lock-head">
              <span className="lock-app">{state.bot.name}</span>
              <span className="lock-place">{namePlace(one.why, one.channel, state.allChannels)}</span>
              {one.at > seenBefore.current.seen && <span className="lock-new">new</span>}
              <time dateTime={new Date(one.at).toISOString()}>{writeClock(one.at)}</time>
            </span>
            <span className="lock-text">{one.text}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}

function namePlace(why: string, channel: string, channels: readonly { readonly id: string; readonly name: string }[]) {
  const name = channels.find((one) => one.id === channel)?.name ?? channel
  return why === 'direct message' ? why : `#${name}`
}
