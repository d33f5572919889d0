import type { WebClient } from '@slack/web-api'
import { buildLineCard } from '../domain/cards/line-card.ts'
import { plainText } from '../domain/text.ts'
import type { Log } from '../ports/log.ts'
import { callSlack } from './call.ts'
import type { NewPost, Poster } from './post.ts'

/** Shares a text file in a thread; where Slack does not, its beginning is posted as text. */
export type ShareFile = (
  where: Pick<NewPost, 'key' | 'incident' | 'channel' | 'thread' | 'job'>,
  file: { readonly name: string; readonly text: string },
) => Promise<void>

/** Sharing waits for a scan; it usually takes seconds, sometimes it never comes. */
const SHARED_WITHIN_MS = 20_000
const LOOK_EVERY_MS = 1000
/** What of a file still reads well as a message. */
const EXCERPT = 9000

export function createFileSharing(of: {
  readonly client: WebClient
  readonly poster: Poster
  readonly log: Log
  readonly sleep: (ms: number) => Promise<boolean>
  readonly sharedWithinMs?: number
}): ShareFile {
  const { client, log } = of
  return async (where, file) => {
    const shared = await upload(where, file)
    if (shared) return
    log.warn({ key: where.key }, 'a file was not shared, posting its text')
    const line = buildLineCard(`📄 ${plainText(file.name)} (Slack did not take the file, so here is its text)`)
    const pieces = cutPieces(file.text.slice(0, EXCERPT), 2800)
    const rows = pieces.map((text) => ({ kind: 'code' as const, text }))
    const cut = file.text.length - Math.min(file.text.length, EXCERPT)
    const note = cut > 0 ? [{ kind: 'small' as const, text: `… cut, ${cut} characters more` }] : []
    await of.poster.post({ ...where, card: { ...line, rows: [...rows, ...note] }, notify: [] })
  }

  async function upload(where: Parameters<ShareFile>[0], file: { name: string; text: string }): Promise<boolean> {
    const bytes = Buffer.from(file.text === '' ? ' ' : file.text)
    const announced = await callSlack(() =>
      client.files.getUploadURLExternal({ filename: file.name, length: bytes.length }),
    )
    if (announced.kind !== 'ok' || !announced.value.upload_url || !announced.value.file_id) return false
    const { upload_url: url, file_id: id } = announced.value
    const signal = AbortSignal.timeout(30_000)
    const sent = await callSlack(() => fetch(url, { method: 'POST', body: bytes, signal }))
    if (sent.kind !== 'ok' || !sent.value.ok) return false
    const place = where.thread ? { channel_id: where.channel, thread_ts: where.thread } : { channel_id: where.channel }
    const completed = await callSlack(() =>
      client.files.completeUploadExternal({ files: [{ id, title: file.name }], ...place }),
    )
    // A lost answer may have shared it: only the file itself can tell.
    if (completed.kind === 'refused' || completed.kind === 'limited') return false
    return isShared(id)
  }

  async function isShared(id: string): Promise<boolean> {
    const within = of.sharedWithinMs ?? SHARED_WITHIN_MS
    for (let waited = 0; waited <= within; waited += LOOK_EVERY_MS) {
      const asked = await callSlack(() => client.files.info({ file: id }))
      if (asked.kind === 'ok') {
        const { shares } = asked.value.file ?? {}
        if (Object.keys(shares?.public ?? {}).length + Object.keys(shares?.private ?? {}).length > 0) return true
      }
      if (!(await of.sleep(LOOK_EVERY_MS))) return true
    }
    return false
  }
}

function cutPieces(text: string, size: number): string[] {
  return Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
    text.slice(index * size, (index + 1) * size),
  )
}
