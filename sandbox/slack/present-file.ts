import type { State } from './state.ts'
import type { StoredFile } from './workspace.ts'

/** A file in the shape of the Web API. Shares are listed apart by kind: public channels, and all that is private. */
export function presentFile(state: State, file: StoredFile, baseUrl?: string) {
  const shares: Record<string, Record<string, unknown[]>> = {}
  for (const { channel, ts, threadTs } of file.shares) {
    const entry = { ts, ...(threadTs ? { thread_ts: threadTs } : {}), source: 'UNKNOWN' }
    const kind = state.conversations.get(channel)?.isPrivate ? 'private' : 'public'
    const listed = shares[kind] ?? {}
    shares[kind] = { ...listed, [channel]: [...(listed[channel] ?? []), entry] }
  }
  const hidden = Object.keys(shares.private ?? {})
  const isDirect = (channel: string) => state.conversations.get(channel)?.directWith !== undefined
  const created = Math.floor(file.at / 1000)
  return {
    id: file.id,
    name: file.name,
    title: file.title,
    user: file.user,
    size: file.content.length,
    created,
    timestamp: created,
    mode: 'hosted',
    is_external: false,
    is_public: shares.public !== undefined,
    channels: Object.keys(shares.public ?? {}),
    groups: hidden.filter((channel) => !isDirect(channel)),
    ims: hidden.filter(isDirect),
    shares,
    filetype: /\.(\w+)$/.exec(file.name)?.[1] ?? 'text',
    ...(baseUrl === undefined ? {} : listAddresses(state, file, baseUrl)),
  }
}

/** Where a browser shows it, and where an app with its token gets it. */
function listAddresses(state: State, { id, name, user }: StoredFile, baseUrl: string) {
  const path = `${state.workspace.team.id}-${id}`
  const named = encodeURIComponent(name)
  return {
    url_private: `${baseUrl}/files-pri/${path}/${named}`,
    url_private_download: `${baseUrl}/files-pri/${path}/download/${named}`,
    permalink: `${baseUrl}/files/${user}/${id}/${named}`,
  }
}
