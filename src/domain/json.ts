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
