import { type ReactNode, useEffect, useRef } from 'react'
import { FaultList } from './fault-list.tsx'
import { NotificationList } from './notification-list.tsx'
import { closeDrawer, useOpenDrawer } from './open-drawer.ts'
import { ViolationList } from './violation-list.tsx'

/** The drawer that is open, if any; from the side on wide windows, from below on narrow ones. */
export function Drawers() {
  const open = useOpenDrawer()
  useEscape(open !== null)
  if (open === 'notifications')
    return (
      <Drawer title="Notifications" about="What would have reached this person’s lock screen.">
        <NotificationList />
      </Drawer>
    )
  if (open === 'violations')
    return (
      <Drawer title="Slack would say no" about="What the app asked that real Slack refuses, or rules that were broken.">
        <ViolationList />
      </Drawer>
    )
  if (open === 'faults')
    return (
      <Drawer title="Slack on a bad day" about="What Slack does now and then. Nothing may be lost or done twice by it.">
        <FaultList />
      </Drawer>
    )
  return null
}

function Drawer(of: { readonly title: string; readonly about: string; readonly children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null)
  // Once for each drawer that opens: its title is what tells them apart.
  useEffect(() => heading.current?.focus(), [of.title])
  return (
    <section className="drawer" role="dialog" aria-labelledby="drawer-title">
      <div className="drawer-head">
        <h2 id="drawer-title" ref={heading} tabIndex={-1}>
          {of.title}
        </h2>
        <button type="button" className="panel-quiet" aria-label={`Close ${of.title}`} onClick={closeDrawer}>
          Close
        </button>
      </div>
      <p className="drawer-about">{of.about}</p>
      {of.children}
    </section>
  )
}

function useEscape(active: boolean): void {
  useEffect(() => {
    if (!active) return
    const onKey = (event: KeyboardEvent) => {
      // A dialog that is open above the drawer takes its own Escape.
      if (event.key === 'Escape' && !document.querySelector('dialog[open]')) closeDrawer()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [active])
}
