import type { PageConversation } from '../../slack/page/wire.ts'
import { BotLogo } from '../messages/avatar.tsx'
import { usePage } from '../page-context.ts'
import { useShell } from '../shell-context.ts'
import { countUnread, type Unread } from '../store/unread.ts'

/** Channels and the app's direct message, with what is new in them for the present person. */
export function Conversations() {
  const { state } = usePage()
  const { seen } = useShell()
  const unread = countUnread(state, seen)
  const part = (title: string, id: string, list: readonly PageConversation[]) => (
    <section aria-labelledby={id}>
      <h2 id={id} className="side-title">
        {title}
      </h2>
      <ul className="side-list">
        {list.map((one) => (
          <ConversationRow key={one.id} conversation={one} unread={unread.get(one.id)} />
        ))}
      </ul>
    </section>
  )
  return (
    <>
      {part(
        'Channels',
        'channels-title',
        state.channels.filter((one) => !one.direct),
      )}
      {part(
        'Apps',
        'apps-title',
        state.channels.filter((one) => one.direct),
      )}
    </>
  )
}

function ConversationRow({
  conversation,
  unread,
}: {
  readonly conversation: PageConversation
  readonly unread: Unread | undefined
}) {
  const { state, actions } = usePage()
  const { showSheet } = useShell()
  const { id, name, direct } = conversation
  const isHere = id === state.channel
  const badge = isHere ? 0 : (unread?.badge ?? 0)
  return (
    <li>
      <button
        type="button"
        className="side-row conversation"
        data-fresh={(!isHere && unread?.fresh) || undefined}
        aria-current={isHere ? 'page' : undefined}
        onClick={() => {
          actions.go({ channel: id, thread: '' })
          showSheet(false)
        }}
      >
        {direct ? (
          <BotLogo size={20} />
        ) : (
          <span className="side-hash" aria-hidden="true">
            #
          </span>
        )}
        <span className="conversation-name">{name}</span>
        {!isHere && unread?.fresh && badge === 0 ? <span className="sr-only">has news</span> : null}
        {badge > 0 ? (
          <span className="badge">
            {badge}
            <span className="sr-only"> notifications</span>
          </span>
        ) : null}
      </button>
    </li>
  )
}
