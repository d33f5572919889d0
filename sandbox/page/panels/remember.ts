import { useSyncExternalStore } from 'react'

/** Holds what a browser that may not remember (private windows) would lose at each change. */
const kept = new Map<string, string>()
const listeners = new Set<() => void>()

/** A word that this browser remembers under `name`, the same for every component that asks; '' at first. */
export function useRemembered(name: string): readonly [string, (value: string) => void] {
  const value = useSyncExternalStore(listen, () => kept.get(name) ?? recall(name))
  return [value, (next) => keep(name, next)]
}

function keep(name: string, value: string): void {
  kept.set(name, value)
  try {
    localStorage.setItem(name, value)
  } catch {
    // The map above still holds it.
  }
  for (const listener of listeners) listener()
}

function recall(name: string): string {
  try {
    return localStorage.getItem(name) ?? ''
  } catch {
    return ''
  }
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
