import type { MessageStore, PostedMessage } from '../../../src/ports/messages.ts'

/** A message store that outlives bots of one test. `heads` tells the newest event of each incident. */
export function createMemoryMessages(heads: () => readonly { incident: number; no: number }[]): MessageStore & {
  readonly all: () => PostedMessage[]
} {
  const byKey = new Map<string, PostedMessage>()
  const positions = new Map<number, number>()
  let lease = { owner: '', until: 0 }
  const change = (key: string, patch: Partial<PostedMessage>) => {
    const known = byKey.get(key)
    if (known) byKey.set(key, { ...known, ...patch })
  }
  return {
    all: () => [...byKey.values()],
    find: async (key) => byKey.get(key),
    list: async (incident, prefix) =>
      [...byKey.values()].filter((one) => one.incident === incident && one.key.startsWith(prefix)),
    async intend(of) {
      const known = byKey.get(of.key)
      if (known && known.state !== 'deleted') return { fresh: false, message: known }
      const message: PostedMessage = { ...of, state: 'intended', ts: null, shows: null }
      byKey.set(of.key, message)
      return { fresh: true, message }
    },
    recordPosted: async (key, ts, shows, thread) =>
      change(key, { state: 'posted', ts, shows, ...(thread === undefined ? {} : { thread }) }),
    recordShown: async (key, shows) => change(key, { shows }),
    recordRefused: async (key) => change(key, { state: 'refused' }),
    findAt: async (channel, ts) => [...byKey.values()].find((one) => one.channel === channel && one.ts === ts),
    async recordDeleted(key, ts) {
      const known = byKey.get(key)
      if (known?.ts !== ts || known.state !== 'posted') return false
      change(key, { state: 'deleted', ts: null, shows: null })
      return true
    },
    listDeleted: async () => [...byKey.values()].filter(({ state }) => state === 'deleted'),
    position: async (incident) => positions.get(incident) ?? 0,
    advance: async (incident, no) => void positions.set(incident, no),
    listBehind: async () =>
      heads()
        .filter(({ incident, no }) => no > (positions.get(incident) ?? 0))
        .map(({ incident }) => incident),
    async holdLease(owner, forMs) {
      if (lease.owner !== owner && lease.until > Date.now()) return false
      lease = { owner, until: Date.now() + forMs }
      return forMs > 0
    },
  }
}
