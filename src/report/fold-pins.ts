import type { Event } from '../domain/events.ts'
import { plainText } from '../domain/text.ts'
import type { ReportedPin } from './report.ts'

/**
 * Messages that are on the record at the end, in the order in which they were said. `hidden` names those that were
 * taken off: nothing that was said of them is told.
 */
export function foldPins(events: readonly Event[]): { pinned: ReportedPin[]; hidden: ReadonlySet<string> } {
  const pins = new Map<string, ReportedPin>()
  const hidden = new Set<string>()
  for (const event of events) {
    if (event.type === 'message_pinned') {
      const { ts, author, text, saidAt } = event.data
      pins.set(ts, { at: saidAt, by: author, text: plainText(text), since: null })
      hidden.delete(ts)
    }
    if (event.type === 'message_unpinned') {
      pins.delete(event.data.ts)
      hidden.add(event.data.ts)
    }
    const known =
      event.type === 'message_edited' || event.type === 'message_deleted' ? pins.get(event.data.ts) : undefined
    if (event.type === 'message_edited' && known)
      pins.set(event.data.ts, { ...known, text: plainText(event.data.text), since: 'edited' })
    if (event.type === 'message_deleted' && known) pins.set(event.data.ts, { ...known, since: 'deleted' })
  }
  const pinned = [...pins.values()].sort((one, other) => Date.parse(one.at) - Date.parse(other.at))
  return { pinned, hidden }
}

/** True for what may be told of messages: those that were taken off the record are not. */
export function isTold(event: Event, hidden: ReadonlySet<string>): boolean {
  switch (event.type) {
    case 'message_pinned':
    case 'message_unpinned':
    case 'message_edited':
    case 'message_deleted':
      return !hidden.has(event.data.ts)
    default:
      return true
  }
}
