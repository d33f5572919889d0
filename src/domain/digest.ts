import { createHash } from 'node:crypto'
import { type Json, writeCanonicalJson } from './json.ts'

/** SHA-256 in lower-case hexadecimal over the canonical JSON of a value. */
export function digestOf(value: Json): string {
  return createHash('sha256').update(writeCanonicalJson(value)).digest('hex')
}

/** The short code that a card shows of a digest: its first four hexadecimal digits. */
export function shortCode(digest: string): string {
  return digest.slice(0, 4)
}
