import type { RequestLedger } from '../../../src/ports/messages.ts'

/** A ledger for one process. */
export function createMemoryLedger(): RequestLedger {
  const claimed = new Set<string>()
  return {
    async claim(id) {
      if (claimed.has(id)) return false
      claimed.add(id)
      return true
    },
  }
}
