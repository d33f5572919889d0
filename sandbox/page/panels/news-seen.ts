import type { Notification } from '../../slack/workspace.ts'
import { useRemembered } from './remember.ts'

/** Until which notification a person has looked at the list, in milliseconds since the epoch; this browser remembers. */
export function useNewsSeen(person: string): readonly [number, (at: number) => void] {
  const [seen, keep] = useRemembered(`sandbox.seen.${person}`)
  return [Number(seen), (at) => keep(String(at))]
}

/** Notifications that came after `seen`. */
export function countNews(notifications: readonly Notification[], seen: number): number {
  return notifications.filter((one) => one.at > seen).length
}
