import { useEffect, useState } from 'react'
import type { PageConversation } from '../../slack/page/wire.ts'
import { Composer } from '../composer/composer.tsx'
import { HomeTab } from '../forms/index.tsx'
import { BotLogo } from '../messages/avatar.tsx'
import { usePage } from '../page-context.ts'
import { useShell } from '../shell-context.ts'
import { ChannelHeader } from './channel-header.tsx'
import { MessageList } from './message-list.tsx'

/** The open conversation: its header, its messages or the app's Home, and the composer. */
export function ChannelPane() {
  const { state } = usePage()
  const { seen } = useShell()
  const here = state.channels.find((one) => one.id === state.channel)
  const [tab, setTab] = useTab()
  if (!here)
    return (
      <section className="pane channel-pane" aria-label="Conversation">
        <p className="empty">{state.person} is in no conversation.</p>
      </section>
    )
  const atHome = here.direct && state.homeWanted && tab === 'home'
  const key = `${state.person}/${here.id}`
  return (
    <section className="pane channel-pane" aria-label={nameConversation(here)}>
      <ChannelHeader conversation={here} tab={here.direct && state.homeWanted ? tab : undefined} onTab={setTab} />
      {atHome ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached with the keyboard.
        <section className="home-pane" aria-label="Home" tabIndex={0}>
          <HomeTab />
        </section>
      ) : (
        <>
          <MessageList
            key={key}
            label={`Messages in ${nameConversation(here)}`}
            messages={state.messages}
            ephemerals={state.ephemerals.filter((one) => !one.thread_ts)}
            me={state.person}
            inThread={false}
            seenUpTo={seen[key] ?? ''}
            intro={<Intro conversation={here} empty={state.messages.length === 0} />}
          />
          <Composer key={`composer ${key}`} channel={here.id} label={`Message ${nameConversation(here)}`} />
        </>
      )}
    </section>
  )
}

/** The chosen tab of the app, also after a reload. */
function useTab() {
  const [tab, setTab] = useState<'messages' | 'home'>(() =>
    sessionStorage.getItem('tab') === 'home' ? 'home' : 'messages',
  )
  useEffect(() => sessionStorage.setItem('tab', tab), [tab])
  return [tab, setTab] as const
}

/** `#ops` or the app's name. */
export function nameConversation({ name, direct }: PageConversation): string {
  return direct ? name : `#${name}`
}

function Intro({ conversation, empty }: { readonly conversation: PageConversation; readonly empty: boolean }) {
  const { state } = usePage()
  const { direct, name, withBot } = conversation
  return (
    <div className="intro">
      {direct ? (
        <BotLogo />
      ) : (
        <span className="intro-hash" aria-hidden="true">
          #
        </span>
      )}
      <h2>{direct ? name : `Welcome to #${name}`}</h2>
      <p>
        {direct
          ? `This is between you and ${name}. Requests that wait for you arrive here too.`
          : withBot
            ? `${state.bot.name} is in this channel.${empty ? ' Type / to see what it can do.' : ''}`
            : `${state.bot.name} is not a member here and sees nothing of it.`}
      </p>
    </div>
  )
}
