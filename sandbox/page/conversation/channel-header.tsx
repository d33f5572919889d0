import type { PageConversation } from '../../slack/page/wire.ts'
import { BotLogo } from '../messages/avatar.tsx'
import { MenuIcon } from '../messages/icons.tsx'
import { usePage } from '../page-context.ts'
import { DrawerButtons } from '../panels/index.tsx'
import { useShell } from '../shell-context.ts'
import { hasNewsElsewhere } from '../store/unread.ts'

/** Name and topic of the open conversation, what opens drawers, and for the app its tabs. */
export function ChannelHeader(props: {
  readonly conversation: PageConversation
  /** Undefined where there is nothing to choose. */
  readonly tab: 'messages' | 'home' | undefined
  readonly onTab: (tab: 'messages' | 'home') => void
}) {
  const { conversation, tab, onTab } = props
  const { showSheet, seen } = useShell()
  const { state, actions } = usePage()
  const { name, direct, topic, withBot } = conversation
  const chooseTab = (next: 'messages' | 'home') => {
    onTab(next)
    if (next === 'home') void actions.openHome()
  }
  return (
    <header className="bar">
      <div className="bar-row">
        <button
          type="button"
          className="icon-button only-narrow"
          aria-label="People and conversations"
          onClick={() => showSheet(true)}
        >
          <MenuIcon />
          {hasNewsElsewhere(state, seen) ? <span className="dot" role="img" aria-label="there is news" /> : null}
        </button>
        <h2 className="bar-title">
          {direct ? (
            <BotLogo size={24} />
          ) : (
            <span className="bar-hash" aria-hidden="true">
              #
            </span>
          )}
          <span className="bar-name">{name}</span>
        </h2>
        <p className="bar-topic">{topic || (withBot ? '' : `${state.bot.name} is not a member here`)}</p>
        <div className="bar-buttons">
          <DrawerButtons />
        </div>
      </div>
      {tab === undefined ? null : (
        <div className="tabs">
          {(['messages', 'home'] as const).map((one) => (
            <button key={one} type="button" className="tab" aria-pressed={tab === one} onClick={() => chooseTab(one)}>
              {one === 'messages' ? 'Messages' : 'Home'}
            </button>
          ))}
        </div>
      )}
    </header>
  )
}
