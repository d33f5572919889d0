/** Any value that survives a round trip through JSON: the only shape that crosses a process or is journaled. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

export type JsonObject = { readonly [key: string]: Json }

/**
 * The one text for a JSON value: keys sorted by code unit, no white space, after RFC 8785 (JCS) for the
 * values used here (no floats beyond what JSON.stringify prints). Digests and the journal's chain hash this text.
 */
export function writeCanonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(writeCanonicalJson).join(',')}]`
  if (value !== null && typeof value === 'object') {
    const object = value as JsonObject
    const fields = Object.keys(object)
      .filter((key) => object[key] !== undefined)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${writeCanonicalJson(object[key] as Json)}`)
    return `{${fields.join(',')}}`
  }
  return JSON.stringify(value)
}

/** An escaped NUL or lone surrogate, not the letters of one that somebody typed behind a backslash. */
const unstorable = /(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/gi

/**
 * JSON text that PostgreSQL's jsonb takes: tools print what it refuses (U+0000, lone surrogates), which becomes U+FFFD.
 * Pairs of surrogates are never escaped by JSON.stringify, so an escaped one is always alone.
 */
export function writeStorableJson(value: unknown): string {
  return JSON.stringify(value ?? null).replace(unstorable, '$1\\ufffd')
}
