import type { WebClient } from '@slack/web-api'
import { z } from 'zod'
import { SalvorError } from '../domain/errors/fail.ts'
import type { Person, Utterance } from '../domain/person.ts'
import type { SharedFile, SharedFiles } from '../ports/shared-files.ts'
import { callSlack } from './call.ts'

/** Only there the bot's token is shown. */
const SLACK_HOSTS = ['files.slack.com', 'files.slack-gov.com']
const DOWNLOAD_WITHIN_MS = 20_000
const LISTED = 100

const fileSchema = z.object({
  id: z.string(),
  name: z.string(),
  user: z.string().default(''),
  size: z.number().default(0),
  mode: z.string().default('hosted'),
  is_external: z.boolean().default(false),
  channels: z.array(z.string()).default([]),
  groups: z.array(z.string()).default([]),
  ims: z.array(z.string()).default([]),
  shares: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
  url_private: z.string().optional(),
  url_private_download: z.string().optional(),
})
type SlackFile = z.infer<typeof fileSchema>

/** Files by Slack's Web API, downloaded with the bot's token. */
export function createSharedFiles(of: {
  readonly client: WebClient
  readonly botToken: string
  /** Another Web API base: then files come from there, and from nowhere else. */
  readonly apiUrl?: string | undefined
  readonly identify: (user: string) => Person
}): SharedFiles {
  const { client, identify } = of
  const describe = ({ id, name, user, size }: SlackFile, own: boolean): SharedFile => ({
    ...{ id, name, size, own },
    by: identify(user),
  })

  const find = async (id: string): Promise<SlackFile | undefined> => {
    const asked = await callSlack(() => client.files.info({ file: id }))
    if (asked.kind === 'refused' && /^file_(?:not_found|deleted)$/.test(asked.error)) return undefined
    return readFiles([need(asked, id).file])[0]
  }

  return {
    async listOwn(said) {
      const { message, channel } = said
      if (message === undefined || channel === null) return []
      if (message.files.length > 0) {
        const found = await Promise.all(message.files.map(find))
        return found.flatMap((file) => (file ? [describe(file, true)] : []))
      }
      // An event may come without the files of its message.
      return readFiles(await readAttached(client, said, channel, message.ts)).map((file) => describe(file, true))
    },
    async listIn(channel) {
      const asked = await callSlack(() => client.files.list({ channel, count: LISTED }))
      return readFiles(need(asked, 'the files of this channel').files ?? []).map((file) => describe(file, false))
    },
    async findIn(channel, id) {
      const file = await find(id)
      return file && isIn(file, channel) ? describe(file, false) : undefined
    },
    async read({ id, name }, most) {
      const file = await find(id)
      if (!file) throw new SalvorError('upload_unread', { file: name, seen: 'it was deleted' })
      if (file.size > most) throw new SalvorError('upload_big', { file: name, size: file.size, most })
      const bytes = await download(of, file, most)
      if (bytes.length !== file.size) {
        throw new SalvorError('upload_unread', { file: name, seen: `${bytes.length} of ${file.size} bytes came` })
      }
      return bytes
    },
  }
}

/** Only what Slack itself keeps: others' links, and what is there no more, are no files. */
function readFiles(listed: readonly unknown[]): SlackFile[] {
  return listed.flatMap((one) => {
    const file = fileSchema.safeParse(one).data
    return file && !file.is_external && !['external', 'tombstone', 'hidden_by_limit'].includes(file.mode) ? [file] : []
  })
}

function isIn({ channels, groups, ims, shares }: SlackFile, channel: string): boolean {
  if ([...channels, ...groups, ...ims].includes(channel)) return true
  return Object.values(shares).some((places) => Object.hasOwn(places, channel))
}

async function readAttached(
  client: WebClient,
  said: Utterance,
  channel: string,
  ts: string,
): Promise<readonly unknown[]> {
  const range = { channel, oldest: ts, latest: ts, inclusive: true, limit: 2 }
  const { thread } = said
  const asked = await callSlack(() =>
    thread === null ? client.conversations.history(range) : client.conversations.replies({ ...range, ts: thread }),
  )
  const found = need(asked, 'the message').messages?.find((one) => one.ts === ts)
  return found?.files ?? []
}

type Asked<T> = Awaited<ReturnType<typeof callSlack<T>>>

function need<T>(asked: Asked<T>, file: string): T {
  if (asked.kind === 'ok') return asked.value
  if (asked.kind === 'refused') throw new SalvorError('upload_unread', { file, seen: asked.error })
  throw new SalvorError('slack_unreachable')
}

/** Follows no redirect: the token would go along, and what answers then is a page to log in. */
async function download(
  of: { readonly botToken: string; readonly apiUrl?: string | undefined },
  file: SlackFile,
  most: number,
): Promise<Uint8Array> {
  const fail = (seen: string): never => {
    throw new SalvorError('upload_unread', { file: file.name, seen })
  }
  const url = readUrl(file.url_private_download ?? file.url_private ?? '', of.apiUrl)
  if (!url) return fail('its address is not one of Slack')
  const headers = { authorization: `Bearer ${of.botToken}` }
  const signal = AbortSignal.timeout(DOWNLOAD_WITHIN_MS)
  const answered = await callSlack(() => fetch(url, { headers, signal, redirect: 'manual' }))
  if (answered.kind !== 'ok') return fail('it does not answer')
  const { status, body } = answered.value
  const type = answered.value.headers.get('content-type') ?? ''
  // Without the scope Slack answers with success, and with a page for browsers.
  if (status !== 200 || /^text\/html/i.test(type)) {
    await body?.cancel().catch(() => {})
    return fail(status === 200 ? 'it answers with a page to log in' : `it answers ${status}`)
  }
  const parts: Uint8Array[] = []
  let length = 0
  try {
    for await (const part of body ?? []) {
      length += part.length
      if (length > most) return fail(`it is longer than ${most} bytes`)
      parts.push(part)
    }
  } catch (thrown) {
    if (thrown instanceof SalvorError) throw thrown
    return fail('it broke off')
  }
  return Buffer.concat(parts)
}

function readUrl(text: string, apiUrl: string | undefined): URL | undefined {
  const url = URL.parse(text)
  if (!url) return undefined
  const api = apiUrl === undefined ? null : URL.parse(apiUrl)
  if (api && !/(?:^|\.)slack(?:-gov)?\.com$/.test(api.hostname)) return url.origin === api.origin ? url : undefined
  return url.protocol === 'https:' && url.port === '' && SLACK_HOSTS.includes(url.hostname) ? url : undefined
}
