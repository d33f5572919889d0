/** Letters that COPY's text format writes for signs that would break a line; anything else stands for itself. */
const escapes: { readonly [letter: string]: string } = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }

/** Fields of one line in the text format of COPY: tabs between them, `\N` for NULL, backslashes as COPY reads them. */
export function parseCopyLine(line: string): (string | null)[] {
  // A tab that belongs to a value follows a backslash.
  return splitFields(line).map((field) => (field === '\\N' ? null : readEscapes(field)))
}

/** Fields of one delimited line, double quotes around those that hold the delimiter; an empty field is NULL, as SQL*Loader reads it. */
export function parseDelimitedLine(line: string, delimiter: string): (string | null)[] {
  const fields: (string | null)[] = []
  let at = 0
  for (;;) {
    if (line[at] === '"') {
      let end = at + 1
      while (end < line.length && (line[end] !== '"' || line[end + 1] === '"')) end += line[end] === '"' ? 2 : 1
      fields.push(line.slice(at + 1, end).replaceAll('""', '"'))
      at = line.indexOf(delimiter, end + 1)
    } else {
      const next = line.indexOf(delimiter, at)
      const field = line.slice(at, next < 0 ? undefined : next)
      fields.push(field === '' ? null : field)
      at = next
    }
    if (at < 0) return fields
    at += delimiter.length
  }
}

function splitFields(line: string): string[] {
  const fields: string[] = []
  let from = 0
  for (let at = 0; at < line.length; at += 1) {
    if (line[at] === '\\') at += 1
    else if (line[at] === '\t') {
      fields.push(line.slice(from, at))
      from = at + 1
    }
  }
  return [...fields, line.slice(from)]
}

function readEscapes(field: string): string {
  return field.replace(/\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{1,2})|([\s\S]))/g, (_, octal, hex, sign: string) => {
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff)
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16))
    return escapes[sign] ?? sign
  })
}
