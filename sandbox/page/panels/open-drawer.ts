import { useSyncExternalStore } from 'react'

/** What slides in from the side; on narrow windows the side panel does too. */
export type Drawer = 'notifications' | 'violations' | 'faults' | 'panel'

let opened: Drawer | null = null
const listeners = new Set<() => void>()

/** The drawer that is open: one at a time, known to the buttons in the header and to the drawers alike. */
export function useOpenDrawer(): Drawer | null {
  return useSyncExternalStore(listen, () => opened)
}

/** Opens a drawer, or closes it where it is open already. */
export function toggleDrawer(drawer: Drawer): void {
  show(opened === drawer ? null : drawer)
}

/** Closes whichever is open, and gives the focus back to the button that opened it. */
export function closeDrawer(): void {
  const button = opened && document.querySelector<HTMLElement>(`[data-drawer="${opened}"]`)
  show(null)
  button?.focus()
}

function show(drawer: Drawer | null): void {
  opened = drawer
  for (const listener of listeners) listener()
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
