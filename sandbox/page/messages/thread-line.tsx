import { useEffect, useState } from 'react'
import type { PageMessage } from '../../slack/page/wire.ts'
import { usePage } from '../page-context.ts'
import { Avatar, BotLogo } from './avatar.tsx'
import { tellAge } from './time-words.ts'

/** What became of a message: its replies, who gave them and when the last came. A press opens the thread. */
export function ThreadLine({ message }: { readonly message: PageMessage }) {
  const { state, place, actions } = usePage()
  const now = useNow()
  const replies = message.reply_count ?? 0
  if (replies === 0) return null
  const faces = [...(message.reply_users ?? [])].slice(0, 4)
  return (
    <button
      type="button"
      className="thread-line"
      aria-current={place.thread === message.ts ? 'true' : undefined}
      onClick={() => actions.go({ thread: message.ts })}
    >
      {faces.map((id) =>
        id === state.bot.userId ? (
          <BotLogo key={id} size={24} />
        ) : (
          <Avatar key={id} id={id} size={24} name={state.users.find((one) => one.id === id)?.name ?? '?'} />
        ),
      )}
      <span className="thread-line-count">
        {replies} {replies === 1 ? 'reply' : 'replies'}
      </span>
      <span className="thread-line-last">
        Last reply {tellAge(Number(message.latest_reply ?? message.ts) * 1000, now)}
      </span>
    </button>
  )
}

const TICK_MS = 30_000

/** The present time in ms, told again now and then, so that ages in words stay true. */
function useNow(): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS)
    return () => clearInterval(timer)
  }, [])
  return now
}
