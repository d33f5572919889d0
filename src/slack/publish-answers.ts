import type { Log } from '../ports/log.ts'
import type { MessageStore } from '../ports/messages.ts'
import type { AnswerOutbox } from '../ports/outbox.ts'
import { NotNow, type Poster } from './post.ts'
import { rootKey } from './publish-event.ts'
import type { ShareFile } from './share-file.ts'

/** A root that somebody deleted is back by then. */
const ROOT_FIRST_MS = 2_000

/**
 * Tells answers that were given at a terminal, each behind the events that led to it. Throws NotNow while Slack
 * cannot take one; then it and all behind it wait.
 */
export function createAnswerPublisher(of: {
  readonly outbox: AnswerOutbox
  readonly messages: MessageStore
  readonly poster: Poster
  readonly shareFile: ShareFile
  readonly log: Log
}): () => Promise<void> {
  return async () => {
    for (const { request, incident, card, file } of await of.outbox.listDue()) {
      const root = await of.messages.find(rootKey(incident))
      if (root?.state === 'deleted') throw new NotNow('the root comes first', ROOT_FIRST_MS)
      if (root?.state === 'posted' && root.ts !== null) {
        const where = { incident, channel: root.channel, thread: root.ts, job: null }
        const key = `answer:${request}`
        const posted = await of.poster.post({ ...where, key, card, notify: [] })
        if (file !== null && posted.state === 'posted') await of.shareFile({ ...where, key: `${key}:file` }, file)
      } else of.log.info({ incident, request }, 'an answer has no thread to be told in')
      await of.outbox.markTold(request)
    }
  }
}
