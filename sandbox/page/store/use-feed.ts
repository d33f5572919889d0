import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { CommandHint, PageState, PanelState } from '../../slack/page/wire.ts'
import type { Place } from '../page-context.ts'
import { fetchCommands, fetchPanel, fetchState } from './call-server.ts'
import { runAlone } from './run-alone.ts'
import { shareUnchanged } from './share-unchanged.ts'

/** How the page is connected with its server. */
export type Link = 'connecting' | 'live' | 'lost'

/** What the server last told, and of which place. */
export interface Feed {
  readonly seen: { readonly state: PageState; readonly asked: Place } | undefined
  readonly panel: PanelState | null
  readonly commands: readonly CommandHint[]
  readonly link: Link
  refresh(): Promise<void>
}

// The patient changes without Slack noticing, so the panel is looked at again even when nothing was said.
const PANEL_EVERY_MS = 3000

/** Keeps asking for what can be seen from a place: at once when the place changes, and at each change that is told. */
export function useFeed(place: Place): Feed {
  const [seen, setSeen] = useState<Feed['seen']>()
  const [link, setLink] = useState<Link>('connecting')
  const wanted = useRef(place)
  wanted.current = place
  const refresh = useMemo(
    () =>
      runAlone(async () => {
        const asked = wanted.current
        try {
          const state = await fetchState(asked)
          setSeen((old) => ({ state: shareUnchanged(old?.state, state), asked }))
        } catch {
          setLink('lost')
        }
      }),
    [],
  )
  useEffect(() => void refresh(), [refresh, place])
  const { panel, refreshPanel } = usePanel()
  useEffect(() => {
    const changes = new EventSource('/page/changes')
    changes.addEventListener('message', () => {
      void refresh()
      void refreshPanel()
    })
    changes.addEventListener('open', () => setLink('live'))
    changes.addEventListener('error', () => setLink('lost'))
    return () => changes.close()
  }, [refresh, refreshPanel])
  const refreshBoth = useCallback(
    async () => void (await Promise.all([refresh(), refreshPanel()])),
    [refresh, refreshPanel],
  )
  return { seen, panel, commands: useCommands(), link, refresh: refreshBoth }
}

function usePanel() {
  const [panel, setPanel] = useState<PanelState | null>(null)
  const refreshPanel = useMemo(
    () =>
      runAlone(async () => {
        const fresh = await fetchPanel().catch(() => null)
        setPanel((old) => shareUnchanged(old, fresh))
      }),
    [],
  )
  useEffect(() => {
    const timer = setInterval(() => {
      if (panel && !document.hidden) void refreshPanel()
    }, PANEL_EVERY_MS)
    return () => clearInterval(timer)
  }, [panel, refreshPanel])
  return { panel, refreshPanel }
}

function useCommands(): readonly CommandHint[] {
  const [commands, setCommands] = useState<readonly CommandHint[]>([])
  useEffect(() => {
    fetchCommands().then(setCommands, () => {})
  }, [])
  return commands
}
