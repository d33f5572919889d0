/** An escaped NUL or lone surrogate, not the letters of one that somebody typed behind a backslash. */
const unstorable = /(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/gi

/**
 * JSON text that jsonb takes: tools print what it refuses (U+0000, lone surrogates), which becomes U+FFFD.
 * Pairs of surrogates are never escaped by JSON.stringify, so an escaped one is always alone.
 */
export function writeJsonb(value: unknown): string {
  return JSON.stringify(value ?? null).replace(unstorable, '$1\\ufffd')
}
