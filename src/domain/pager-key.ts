/** Bytes of the shortest key that signs for anybody: shorter than what a key's strength comes from. */
export const SHORTEST_PAGER_KEY = 24

/** The bytes of a pager's key: with the prefix `whsec_` it is base64, as the standard has it; any other is taken as it is. */
export function readPagerKey(key: string): Buffer {
  return key.startsWith('whsec_') ? Buffer.from(key.slice(6), 'base64') : Buffer.from(key, 'utf8')
}
