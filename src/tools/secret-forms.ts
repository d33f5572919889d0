/**
 * The forms in which a secret may show up: as it is, in an address, in JSON, in base64 at each of the three
 * alignments (as in a Basic header), in hexadecimal, line by line; and the password inside an address.
 */
export function listForms(secret: string): string[] {
  const parts = [secret, ...passwordsOf(secret), ...longLines(secret)]
  return parts.flatMap((part) => [part, ...encodings(part)])
}

function encodings(part: string): string[] {
  if (part.length < 6) return []
  const url = encodeURIComponent(part.toWellFormed())
  const hex = Buffer.from(part).toString('hex')
  return [
    url,
    url.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    url.replaceAll('%20', '+'),
    encodeURI(part.toWellFormed()),
    JSON.stringify(part).slice(1, -1),
    part.replaceAll("'", "''"),
    part.replace(/['\\]/g, '\\$&'),
    hex,
    hex.toUpperCase(),
    ...base64At(part),
  ]
}

/** Inside a longer base64 text the same bytes look different by their offset; the outer characters are shared and left out. */
function base64At(part: string): string[] {
  const bytes = Buffer.from(part)
  return [0, 1, 2].flatMap((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    const skip = offset === 0 ? 0 : offset + 1
    const shared = (offset + bytes.length) % 3 === 0 ? 0 : 1
    const own = text.slice(skip, text.length - shared)
    return own.length < 8 ? [] : [own, own.replaceAll('+', '-').replaceAll('/', '_')]
  })
}

function passwordsOf(secret: string): string[] {
  if (!URL.canParse(secret)) return []
  const { password, searchParams } = new URL(secret)
  return [password, decode(password), ...searchParams.getAll('password')].filter((text) => text !== '')
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** A key of several lines is printed line by line by many programs. */
function longLines(secret: string): string[] {
  if (!secret.includes('\n')) return []
  return secret
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line.length >= 16)
}
