import { isObject } from '../blocks/shape.ts'
import { addMessage, findMessage } from '../messages.ts'
import { presentFile } from '../present-file.ts'
import { announceChange, findConversation, newId, type State } from '../state.ts'
import type { StoredFile } from '../workspace.ts'
import { type Args, type Method, Refusal, readJson, readNumber, readText, requireText } from './method.ts'

/** files.getUploadURLExternal: a name and a length above zero. */
export const getUploadUrl: Method = ({ state, baseUrl }, args) => {
  const name = requireText(args, 'filename')
  const length = readNumber(args, 'length', 0)
  if (length <= 0) throw new Refusal('missing_argument')
  if (readText(args, 'snippet_type') && length > 1024 * 1024) throw new Refusal('snippet_too_large')
  if ((readText(args, 'alt_txt') ?? '').length > 1000) throw new Refusal('alt_txt_too_large')
  const id = newId('F')
  const empty = Buffer.alloc(0)
  state.files.set(id, {
    id,
    name,
    length,
    user: state.workspace.bot.userId,
    title: name,
    content: empty,
    state: 'announced',
    shares: [],
    at: state.now(),
  })
  return { file_id: id, upload_url: `${baseUrl()}/upload/v1/${id}` }
}

/** files.completeUploadExternal: answers at once without shares; the message comes later, after a scan. */
export const completeUpload: Method = (context, args) => {
  const { state, baseUrl } = context
  const files = readFiles(state, readJson(args, 'files', 'invalid_arguments'))
  const channels = (readText(args, 'channel_id') ?? readText(args, 'channels') ?? '').split(',').filter(Boolean)
  if (channels.length > 100) throw new Refusal('channels_limit_exceeded')
  const threadTs = readText(args, 'thread_ts')
  for (const id of channels) requireSharable(state, id, threadTs)
  for (const file of files) file.state = 'completed'
  announceChange(state)
  for (const id of channels) shareLater(context, files, id, args)
  return { files: files.map((file) => presentFile(state, file, baseUrl())) }
}

/** files.info: `shares` appears once sharing is through. */
export const getFile: Method = ({ state, baseUrl }, args) => {
  const file = state.files.get(requireText(args, 'file', 'file_not_found'))
  if (file?.state === 'deleted') throw new Refusal('file_deleted')
  if (file?.state !== 'completed') throw new Refusal('file_not_found')
  return { file: presentFile(state, file, baseUrl()), comments: [], response_metadata: { next_cursor: '' } }
}

/** files.list: newest first; of a channel with its threads, or of all that the bot can see. */
export const listFiles: Method = ({ state, baseUrl }, args) => {
  const channel = readText(args, 'channel')
  if (channel !== undefined && !findConversation(state, channel)) throw new Refusal('channel_not_found')
  const count = Math.min(readNumber(args, 'count', 100), 1000)
  const found = [...state.files.values()]
    .filter((file) => file.state === 'completed')
    .filter((file) => channel === undefined || file.shares.some((share) => share.channel === channel))
    .toReversed()
  const files = found.slice(0, count).map((file) => presentFile(state, file, baseUrl()))
  return { files, paging: { count, total: found.length, page: 1, pages: Math.max(1, Math.ceil(found.length / count)) } }
}

function readFiles(state: State, listed: unknown): StoredFile[] {
  if (!Array.isArray(listed) || listed.length === 0) throw new Refusal('invalid_arguments')
  return listed.map((one: unknown) => {
    const file = isObject(one) ? state.files.get(String(one.id)) : undefined
    if (file?.state !== 'uploaded') throw new Refusal('file_not_found')
    if (isObject(one) && typeof one.title === 'string') file.title = one.title
    return file
  })
}

function requireSharable(state: State, channel: string, threadTs: string | undefined): void {
  const found = findConversation(state, channel)
  if (found?.id !== channel) throw new Refusal('channel_not_found')
  if (!found.members.has(state.workspace.bot.userId)) throw new Refusal('not_in_channel')
  if (threadTs && !findMessage(state, channel, threadTs)) throw new Refusal('invalid_thread_ts')
}

function shareLater(context: Parameters<Method>[0], files: readonly StoredFile[], channel: string, args: Args): void {
  const { state, faults } = context
  const threadTs = readText(args, 'thread_ts')
  const delay = faults.fileShareDelay()
  // An endless delay stands for the uploads that Slack accepts and never shares.
  if (!Number.isFinite(delay)) return
  setTimeout(() => {
    const message = addMessage(state, {
      channel,
      user: state.workspace.bot.userId,
      byBot: true,
      text: readText(args, 'initial_comment') ?? '',
      files: files.map((file) => file.id),
      ...(threadTs ? { threadTs } : {}),
    })
    for (const file of files) file.shares.push({ channel, ts: message.ts, ...(threadTs ? { threadTs } : {}) })
    announceChange(state)
  }, delay).unref()
}
