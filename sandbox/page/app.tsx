import { type MouseEvent, useCallback, useEffect, useMemo, useState } from 'react'
import type { PageFileHint, PageState } from '../slack/page/wire.ts'
import { ChannelPane } from './conversation/channel-pane.tsx'
import { ThreadPane } from './conversation/thread-pane.tsx'
import { ConfirmDialog, ModalDialog } from './forms/index.tsx'
import { FileDialog } from './messages/file-dialog.tsx'
import { Toasts } from './notices/toasts.tsx'
import { useTitle } from './notices/use-title.ts'
import { useToasts } from './notices/use-toasts.ts'
import { type PageContext, PageContextSlot, type Place } from './page-context.ts'
import { Drawers, OutageBanner, SidePanel } from './panels/index.tsx'
import { type Proposal, type Shell, ShellContextSlot } from './shell-context.ts'
import { Sidebar } from './sidebar/sidebar.tsx'
import { Switcher } from './sidebar/switcher.tsx'
import { readPermalink } from './store/read-place.ts'
import { useActions } from './store/use-actions.ts'
import { useFeed } from './store/use-feed.ts'
import { usePlace } from './store/use-place.ts'
import { useSeen } from './store/use-seen.ts'
import { useTheme } from './store/use-theme.ts'
import { useShortcuts } from './use-shortcuts.ts'
import './styles/colours.css'
import './styles/layout.css'
import './styles/controls.css'
import './styles/sidebar.css'
import './styles/messages.css'
import './styles/composer.css'
import './styles/over.css'
import './styles/narrow.css'

/** The whole page. */
export function App() {
  const { place: wish, go, settle } = usePlace()
  const { seen: told, panel, commands, link, refresh } = useFeed(wish)
  const place = useMemo(() => (told ? findPlace(told.state, told.asked) : wish), [told, wish])
  const isThere = told !== undefined && isSamePlace(told.asked, wish)
  // The address says where one is, also where a wish could not be met.
  useEffect(() => {
    if (isThere) settle(place)
  }, [isThere, place, settle])
  const { toasts, dismiss, tell } = useToasts(told?.state, place)
  const [proposal, setProposal] = useState<Proposal>()
  const propose = useCallback(
    (words: string, thread: boolean) => setProposal((old) => ({ words, thread, number: (old?.number ?? 0) + 1 })),
    [],
  )
  const actions = useActions({ place, go, refresh, propose, tell })
  const { theme, choice, choose } = useTheme()
  const seen = useSeen(told?.state)
  const [sheetOpen, showSheet] = useState(false)
  const [file, openFile] = useState<PageFileHint>()
  const [switching, setSwitching] = useState(false)
  const openSwitcher = useCallback(() => setSwitching(true), [])
  useShortcuts(told?.state, go, openSwitcher)
  useTitle(told?.state, seen)

  const state = told?.state
  const page = useMemo<PageContext | null>(
    () => (state ? { state, place, actions, commands, panel, theme } : null),
    [state, place, actions, commands, panel, theme],
  )
  const shell = useMemo<Shell>(
    () => ({
      link,
      seen,
      // Kept back until the place it was made for is shown: the composer of the place that is left would take it along.
      proposal: isThere ? proposal : undefined,
      themeChoice: choice,
      chooseTheme: choose,
      sheetOpen,
      showSheet,
      openFile,
      openSwitcher,
    }),
    [link, seen, isThere, proposal, choice, choose, sheetOpen, openSwitcher],
  )
  if (!page) return <p className="starting">{link === 'lost' ? 'The local Slack does not answer.' : 'Loading …'}</p>
  return (
    <PageContextSlot.Provider value={page}>
      <ShellContextSlot.Provider value={shell}>
        {/* biome-ignore lint/a11y: links in messages are what is clicked; this only decides where they lead. */}
        <div className="page" onClick={(event) => followPermalink(event, go)}>
          <Sidebar />
          <div className="middle" inert={sheetOpen}>
            {link === 'lost' ? (
              <p className="lost" role="status">
                The local Slack does not answer. Trying again …
              </p>
            ) : null}
            <OutageBanner />
            <main className="conversation" data-thread={place.thread !== '' || undefined}>
              <h1 className="sr-only">{page.state.team.name}</h1>
              <ChannelPane />
              <ThreadPane />
            </main>
          </div>
          <SidePanel />
        </div>
        <Drawers />
        <Toasts toasts={toasts} onDismiss={dismiss} onGo={go} />
        {file ? <FileDialog file={file} onClose={() => openFile(undefined)} /> : null}
        {switching ? <Switcher onClose={() => setSwitching(false)} /> : null}
        <ModalDialog />
        <ConfirmDialog />
      </ShellContextSlot.Provider>
    </PageContextSlot.Provider>
  )
}

/** Where one is: what was asked for, as far as it exists. */
function findPlace(state: PageState, asked: Place): Place {
  const thread = state.thread.length > 0 ? asked.thread : ''
  return { person: state.person, channel: state.channel ?? '', thread }
}

function isSamePlace(one: Place, other: Place): boolean {
  return one.person === other.person && one.channel === other.channel && one.thread === other.thread
}

/** Links to messages of this workspace stay in this window. */
function followPermalink(event: MouseEvent, go: (change: Partial<Place>) => void): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.button !== 0) return
  const link = event.target instanceof Element ? event.target.closest('a') : null
  const place = link?.origin === location.origin ? readPermalink(link.href) : undefined
  if (!place) return
  event.preventDefault()
  go(place)
}
