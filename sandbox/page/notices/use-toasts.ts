import { useCallback, useEffect, useRef, useState } from 'react'
import type { PageState } from '../../slack/page/wire.ts'
import type { Place } from '../page-context.ts'

/** Something that comes up for some seconds: a lock screen's message, what Slack itself says, or a failure. */
export interface Toast {
  readonly key: string
  readonly kind: 'lock screen' | 'slack'
  readonly title: string
  readonly text: string
  /** Where a press on it leads. */
  readonly go?: Partial<Place>
}

const SHOWN_MS = 7000
const MOST = 3

/** Toasts for what happens from now on; what was there when the person came is no news. */
export function useToasts(state: PageState | undefined, place: Place) {
  const [toasts, setToasts] = useState<readonly Toast[]>([])
  const told = useRef<{ person: string; note: string; notice: number }>(undefined)
  const dismiss = useCallback((key: string) => setToasts((old) => old.filter((one) => one.key !== key)), [])
  const show = useCallback(
    (toast: Toast) => {
      setToasts((old) => [...old.filter((one) => one.key !== toast.key), toast].slice(-MOST))
      setTimeout(() => dismiss(toast.key), SHOWN_MS)
    },
    [dismiss],
  )
  useEffect(() => {
    if (!state) return
    const before = told.current
    told.current = {
      person: state.person,
      note: state.notifications.at(-1)?.ts ?? '',
      notice: state.notices.at(-1)?.at ?? 0,
    }
    if (before?.person !== state.person) return
    const fresh = state.notifications.filter((one) => one.ts > before.note)
    for (const { ts, text, why, channel, threadTs } of fresh) {
      // Whoever looks at the place sees it there.
      if (channel === place.channel && (threadTs ?? '') === place.thread && !document.hidden) continue
      const where = state.channels.find((one) => one.id === channel)
      const title = where?.direct ? `${state.bot.name} to ${nameOf(state)}` : `${why} in #${where?.name ?? channel}`
      show({ key: ts, kind: 'lock screen', title, text, go: { channel, thread: threadTs ?? '' } })
    }
    // What a command met is told under the composer that sent it.
    const notices = state.notices.filter((one) => one.at > before.notice && !one.text.startsWith('/'))
    for (const { at, text } of notices) show({ key: `notice ${at}`, kind: 'slack', title: 'Slack', text })
  }, [state, place, show])
  const tell = useCallback(
    (text: string) => show({ key: `told ${Date.now()}`, kind: 'slack', title: 'This did not work', text }),
    [show],
  )
  return { toasts, dismiss, tell }
}

function nameOf(state: PageState): string {
  return state.users.find((one) => one.id === state.person)?.name ?? 'you'
}
