import { createHash } from 'node:crypto'
import { type Json, writeCanonicalJson } from './json.ts'

/** SHA-256 in lower-case hexadecimal over the canonical JSON of a value. */
export function digestOf(value: Json): string {
  return hashText(writeCanonicalJson(value))
}

/** SHA-256 in lower-case hexadecimal over a text, or over the bytes of a file. */
export function hashText(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex')
}

/** Crockford's base32: no letter of it is taken for a digit. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const CODE_LENGTH = 6

/** The short code that a card shows of a digest: the first 30 bits of it, as six characters of Crockford's base32. */
export function shortCode(digest: string): string {
  const bits = Number.parseInt(digest.slice(0, 8).padEnd(8, '0'), 16) >>> 2
  return Array.from({ length: CODE_LENGTH }, (_, at) => alphabet[(bits >>> (5 * (CODE_LENGTH - 1 - at))) & 31]).join('')
}

/** A code as a card writes it, however somebody typed it: in small letters, with I or L for 1 and O for 0. */
export function readShortCode(typed: string): string {
  return typed.toUpperCase().replace(/[IL]/g, '1').replace(/O/g, '0')
}

/** What a code looks like once it was read. */
export const shortCodeShape = /^[0-9A-HJKMNP-TV-Z]{6}$/
