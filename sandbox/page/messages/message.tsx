import { memo } from 'react'
import type { PageMessage } from '../../slack/page/wire.ts'
import { BlockList, Mrkdwn } from '../blocks/index.tsx'
import { usePage } from '../page-context.ts'
import { Avatar, BotLogo } from './avatar.tsx'
import { FilePreview } from './file-preview.tsx'
import { MessageTools } from './message-tools.tsx'
import { Reactions } from './reactions.tsx'
import { ThreadLine } from './thread-line.tsx'
import { writeMoment, writeTime } from './time-words.ts'

/** One message. `continues` leaves out face and name; a thread shows no thread's line. Drawn again only when it changed. */
export const Message = memo(function Message(props: {
  readonly message: PageMessage
  readonly continues: boolean
  readonly inThread: boolean
}) {
  const { message, continues, inThread } = props
  const { state } = usePage()
  const name = message.byBot
    ? state.bot.name
    : (state.users.find((one) => one.id === message.user)?.name ?? message.user)
  const at = Number(message.ts) * 1000
  return (
    <article
      className={`message ${continues ? 'message-continues' : ''}`}
      data-ts={message.ts}
      aria-label={`${name}, ${writeTime(at)}`}
    >
      <div className="message-gutter">
        {continues ? (
          <time className="message-side-time" dateTime={new Date(at).toISOString()} title={writeMoment(at)}>
            {writeTime(at)}
          </time>
        ) : message.byBot ? (
          <BotLogo />
        ) : (
          <Avatar name={name} id={message.user} />
        )}
      </div>
      <div className="message-main">
        {continues ? null : <MessageHead name={name} isApp={message.byBot} at={at} />}
        {!inThread && message.thread_ts && message.thread_ts !== message.ts ? (
          <FromThread root={message.thread_ts} />
        ) : null}
        <MessageBody message={message} />
        {message.files.map((file) => (
          <FilePreview key={file.id} file={file} />
        ))}
        <Reactions message={message} />
        {inThread ? null : <ThreadLine message={message} />}
      </div>
      <MessageTools message={message} inThread={inThread} />
    </article>
  )
})

/** Who and when, above what was said. */
export function MessageHead({
  name,
  isApp,
  at,
}: {
  readonly name: string
  readonly isApp: boolean
  readonly at: number
}) {
  return (
    <div className="message-head">
      <b className="message-name">{name}</b>
      {isApp ? <span className="app-badge">APP</span> : null}
      <time className="message-time" dateTime={new Date(at).toISOString()} title={writeMoment(at)}>
        {writeTime(at)}
      </time>
    </div>
  )
}

/** Above a reply that was sent to the conversation too. */
function FromThread({ root }: { readonly root: string }) {
  const { actions } = usePage()
  return (
    <button type="button" className="from-thread" onClick={() => actions.go({ thread: root })}>
      replied to a thread
    </button>
  )
}

function MessageBody({ message }: { readonly message: PageMessage }) {
  const edited =
    message.edits > 0 ? (
      <span className="edited" title={message.editedAt ? writeMoment(message.editedAt) : undefined}>
        (edited)
      </span>
    ) : null
  if (message.blocks && message.blocks.length > 0)
    return (
      <div className="message-body">
        <BlockList blocks={message.blocks} source={message.ts} />
        {edited}
      </div>
    )
  if (message.text === '' && !edited) return null
  return (
    <div className="message-body message-text">
      <Mrkdwn text={message.text} /> {edited}
    </div>
  )
}
