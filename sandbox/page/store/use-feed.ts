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
// To look at the patient costs queries; a job that edits its card ten times a second shall not ask for as many.
const PANEL_SOON_MS = 400

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
          setSeen((old) => shareUnchanged(old, { state, asked }))
        } catch {
          setLink('lost')
        }
      }),
    [],
  )
  useEffect(() => void refresh(), [refresh, place])
  const { panel, refreshPanel, refreshPanelSoon } = usePanel()
  useEffect(() => {
    const changes = new EventSource('page/changes')
    changes.addEventListener('message', () => {
      void refresh()
      refreshPanelSoon()
    })
    changes.addEventListener('open', () => setLink('live'))
    changes.addEventListener('error', () => setLink('lost'))
    return () => changes.close()
  }, [refresh, refreshPanelSoon])
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
        // While the server does not answer, what was seen last stays.
        const fresh = await fetchPanel().catch(() => undefined)
        if (fresh !== undefined) setPanel((old) => shareUnchanged(old, fresh))
      }),
    [],
  )
  useEffect(() => void refreshPanel(), [refreshPanel])
  useEffect(() => {
    const timer = setInterval(() => {
      if (panel && !document.hidden) void refreshPanel()
    }, PANEL_EVERY_MS)
    return () => clearInterval(timer)
  }, [panel, refreshPanel])
  const planned = useRef<number>(undefined)
  const refreshPanelSoon = useCallback(() => {
    planned.current ??= window.setTimeout(() => {
      planned.current = undefined
      void refreshPanel()
    }, PANEL_SOON_MS)
  }, [refreshPanel])
  return { panel, refreshPanel, refreshPanelSoon }
}

function useCommands(): readonly CommandHint[] {
  const [commands, setCommands] = useState<readonly CommandHint[]>([])
  useEffect(() => {
    fetchCommands().then(setCommands, () => {})
  }, [])
  return commands
}
