/** Messages of a catalogue as `msgunfmt` prints it, each with its translation; of plurals the form for many. */
export function readCatalogue(bytes: Buffer): Map<string, string> {
  const charset = /charset=([\w-]+)/.exec(bytes.toString('latin1'))?.[1] ?? 'UTF-8'
  const messages = new Map<string, string>()
  for (const entry of new TextDecoder(charset).decode(bytes).split('\n\n')) {
    const grab = (key: string) => {
      const found = new RegExp(`^${key} ((?:"(?:[^"\\\\]|\\\\.)*"\\s*)+)`, 'm').exec(entry)?.[1]
      if (found === undefined) return undefined
      return [...found.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, piece = '']) => unescapeText(piece)).join('')
    }
    const id = grab('msgid_plural') ?? grab('msgid')
    const text = grab('msgstr') ?? grab('msgstr\\[1\\]') ?? grab('msgstr\\[0\\]')
    if (id && text && !messages.has(id)) messages.set(id, text)
  }
  return messages
}

const escapes = new Map([
  ['n', '\n'],
  ['t', '\t'],
])

function unescapeText(text: string): string {
  return text.replace(/\\(.)/g, (_whole, letter: string) => escapes.get(letter) ?? letter)
}
