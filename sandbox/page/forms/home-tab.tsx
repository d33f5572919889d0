import { useEffect, useRef } from 'react'
import { BlockList } from '../blocks/block-list.tsx'
import { usePage } from '../page-context.ts'

/** The app's Home tab for this person; opening it tells the app, which may publish a new one. */
export function HomeTab() {
  const { state, actions, theme } = usePage()
  const opened = useRef('')
  useEffect(() => {
    if (opened.current === state.person) return
    opened.current = state.person
    void actions.openHome()
  }, [state.person, actions])
  const { home, homeWanted, bot } = state
  return (
    <section className="home-tab" data-theme={theme} aria-label={`Home of ${bot.name}`}>
      {home ? (
        <BlockList blocks={home.blocks} source={home.id} />
      ) : (
        <p className="dim">
          {homeWanted
            ? `Waiting for ${bot.name} …`
            : `${bot.name} keeps no Home tab: everything is said in the channel.`}
        </p>
      )}
    </section>
  )
}
