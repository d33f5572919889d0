import { type ReactNode, useMemo, useState } from 'react'
import type { PageEphemeral, PageMessage } from '../../slack/page/wire.ts'
import { Ephemeral } from '../messages/ephemeral.tsx'
import { groupMessages } from '../messages/group-messages.ts'
import { DownIcon } from '../messages/icons.tsx'
import { Message } from '../messages/message.tsx'
import { StablePage } from './stable-page.tsx'
import { useStickToEnd } from './use-stick-to-end.ts'

/** The scrolling list of a conversation or thread. `seenUpTo` is read once, when the list is first shown. */
export function MessageList(props: {
  readonly label: string
  readonly messages: readonly PageMessage[]
  readonly ephemerals: readonly PageEphemeral[]
  readonly me: string
  readonly inThread: boolean
  readonly seenUpTo?: string
  /** Stands above the first message. */
  readonly intro?: ReactNode
}) {
  const { messages, ephemerals, me, inThread } = props
  const [seenUpTo] = useState(props.seenUpTo)
  const placed = useMemo(
    () => groupMessages(messages, ephemerals, { now: Date.now(), me, ...(seenUpTo ? { seenUpTo } : {}) }),
    [messages, ephemerals, me, seenUpTo],
  )
  const { list, missed, onScroll, jump } = useStickToEnd(placed.at(-1)?.entry.ts ?? '')
  return (
    <div className="list-frame">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached with the keyboard. */}
      <div ref={list} className="list" role="log" aria-label={props.label} tabIndex={0} onScroll={onScroll}>
        <div className="list-content">
          {props.intro}
          <StablePage>
            {placed.map(({ entry, day, continues, firstNew }) => (
              <div key={entry.ts} className="entry">
                {day && !inThread ? <Divider words={day} /> : null}
                {firstNew ? <Divider words="New" fresh /> : null}
                {entry.kind === 'message' ? (
                  <Message message={entry.message} continues={continues} inThread={inThread} />
                ) : (
                  <Ephemeral ephemeral={entry.ephemeral} />
                )}
                {inThread && entry.kind === 'message' && entry.ts === messages[0]?.ts ? (
                  <Replies count={messages.length - 1} />
                ) : null}
              </div>
            ))}
          </StablePage>
        </div>
      </div>
      {missed ? (
        <button type="button" className="jump" onClick={jump}>
          <DownIcon /> New messages
        </button>
      ) : null}
    </div>
  )
}

function Divider({ words, fresh = false }: { readonly words: string; readonly fresh?: boolean }) {
  return (
    <div className={fresh ? 'divider divider-new' : 'divider'}>
      <span>{words}</span>
    </div>
  )
}

function Replies({ count }: { readonly count: number }) {
  if (count === 0) return null
  return (
    <div className="divider divider-replies">
      <span>
        {count} {count === 1 ? 'reply' : 'replies'}
      </span>
    </div>
  )
}
