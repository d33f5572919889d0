import { Composer } from '../composer/composer.tsx'
import { BackIcon, CloseIcon } from '../messages/icons.tsx'
import { usePage } from '../page-context.ts'
import { nameConversation } from './channel-pane.tsx'
import { MessageList } from './message-list.tsx'

/** The open thread, beside its conversation or, where there is no room, over it. */
export function ThreadPane() {
  const { state, place, actions } = usePage()
  const here = state.channels.find((one) => one.id === state.channel)
  if (place.thread === '' || state.thread.length === 0 || !here) return null
  const close = () => {
    actions.go({ thread: '' })
    document.querySelector<HTMLElement>('.channel-pane .composer-text')?.focus()
  }
  return (
    <section
      className="pane thread-pane"
      aria-label="Thread"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) close()
      }}
    >
      <header className="bar">
        <div className="bar-row">
          <button
            type="button"
            className="icon-button only-narrow"
            aria-label="Back to the conversation"
            onClick={close}
          >
            <BackIcon />
          </button>
          <h2 className="bar-title">Thread</h2>
          <p className="bar-topic">{nameConversation(here)}</p>
          <button type="button" className="icon-button only-wide" aria-label="Close thread" onClick={close}>
            <CloseIcon />
          </button>
        </div>
      </header>
      <MessageList
        key={place.thread}
        label="Replies"
        messages={state.thread}
        ephemerals={state.ephemerals.filter((one) => one.thread_ts === place.thread)}
        me={state.person}
        inThread
      />
      <Composer
        key={`composer ${state.person}/${place.thread}`}
        channel={here.id}
        thread={place.thread}
        label="Reply in thread"
      />
    </section>
  )
}
