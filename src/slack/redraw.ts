import type { Card } from '../domain/card.ts'
import type { Log } from '../ports/log.ts'
import type { MessageStore, PostedMessage } from '../ports/messages.ts'
import type { StoreReader } from '../ports/reader.ts'
import { NotNow, type Poster } from './post.ts'
import { rootKey } from './publish-event.ts'

/** Posts a card anew whose message somebody deleted, or lets it rest. Throws NotNow. */
export type Redraw = (
  message: PostedMessage,
  content: { readonly card: Card; readonly notify: readonly string[] },
) => Promise<void>

/** So often the same card comes back: whoever deletes it once more means it, or is a program. */
const MOST = 3
/** After the root, the thread that it begins. */
const ROOT_FIRST_MS = 1_000

/**
 * What still matters comes back as a new message: cards that show where a job, a run or the incident stands, and
 * whatever has a button to press. Lines that told something once are gone as their deleter wanted, and so is
 * everything of an incident that is closed.
 */
export function createRedraw(of: {
  readonly messages: MessageStore
  readonly reader: StoreReader
  readonly poster: Poster
  readonly log: Log
}): Redraw {
  const drawn = new Map<string, number>()

  const isWanted = async ({ key, incident }: PostedMessage, card: Card): Promise<boolean> => {
    if (card.buttons.length === 0 && !/^(?:root|job|run):/.test(key)) return false
    const found = await of.reader.findIncident(incident)
    return found !== undefined && found.state !== 'closed'
  }

  return async (message, { card, notify }) => {
    const { key, incident, channel, job } = message
    const times = (drawn.get(key) ?? 0) + 1
    if (times > MOST || !(await isWanted(message, card))) {
      of.log.info({ key, times }, 'a deleted card stays away')
      return of.messages.recordRefused(key)
    }
    const thread = message.thread === null ? null : await findThread(of.messages, message)
    const isDirect = message.thread === null && key !== rootKey(incident)
    await of.poster.post({ key, incident, channel, thread, job, card, notify, ...(isDirect ? { direct: true } : {}) })
    drawn.set(key, times)
    of.log.info({ key }, 'a deleted card was posted anew')
  }
}

/** The thread as it is now: the root may have been deleted too, and then it comes first. */
async function findThread(messages: MessageStore, { incident, thread }: PostedMessage): Promise<string | null> {
  const root = await messages.find(rootKey(incident))
  if (root?.state === 'deleted' || root?.state === 'intended') throw new NotNow('the root comes first', ROOT_FIRST_MS)
  return root?.ts ?? thread
}
