/** A piece of Slack's mrkdwn. Texts are what a person reads: entities are already characters again. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'break' }
  | { readonly kind: 'emoji'; readonly name: string }
  | { readonly kind: 'bold' | 'italic' | 'strike' | 'quote' | 'code' | 'pre'; readonly children: readonly Piece[] }
  | Reference

/** What stands between angle brackets. `label` is what the sender wants to be shown, '' for nothing. */
export type Reference =
  | { readonly kind: 'user' | 'channel' | 'group' | 'broadcast'; readonly id: string; readonly label: string }
  /** Seconds since the epoch and Slack's format, such as `{date_short} {time}`. */
  | { readonly kind: 'date'; readonly seconds: number; readonly format: string; readonly label: string }
  | { readonly kind: 'link'; readonly url: string; readonly label: string }

/**
 * Slack's mrkdwn as pieces. Never throws; what is no markup stays text. Entities become characters only after the
 * markup was read, so that what a sender escaped can neither mention nor link.
 */
export function parseMrkdwn(text: string): readonly Piece[] {
  return text.split('```').flatMap((part, index, parts) => {
    // A fence without its other end is text.
    if (index % 2 === 1 && index === parts.length - 1) return readLines(`\`\`\`${part}`)
    if (index % 2 === 1) return [{ kind: 'pre', children: readReferences(trimBreaks(part)) }]
    // A fence is a box of its own: the breaks around it would be empty lines.
    const lead = index > 0 ? part.replace(/^\n/, '') : part
    return readLines(index < parts.length - 1 ? lead.replace(/\n$/, '') : lead)
  })
}

/** Plain text objects know emoji and line breaks, and no other markup. Entities are Slack's own even there. */
export function parsePlain(text: string): readonly Piece[] {
  return text.split('\n').flatMap((line, index) => [...(index > 0 ? [lineBreak] : []), ...readEmoji(line)])
}

const lineBreak: Piece = { kind: 'break' }

function readLines(text: string): Piece[] {
  if (text === '') return []
  const pieces: Piece[] = []
  let quoted: Piece[] | undefined
  let fresh = true
  for (const line of text.split('\n')) {
    const quote = /^(?:&gt;|>) ?(.*)$/.exec(line)
    if (quote) {
      if (quoted) quoted.push(lineBreak)
      else {
        quoted = []
        pieces.push({ kind: 'quote', children: quoted })
      }
      quoted.push(...readInline(quote[1] ?? ''))
      fresh = true
      continue
    }
    quoted = undefined
    if (!fresh) pieces.push(lineBreak)
    fresh = false
    pieces.push(...readInline(line))
  }
  return pieces
}

type Reader = readonly [RegExp, (match: RegExpExecArray) => Piece]

const referencePattern = /<([^<>\n]+)>/
// A style opens after no letter and closes before none; inside it begins and ends without a blank.
const readers: readonly Reader[] = [
  [/`([^`\n]+)`/, (match) => ({ kind: 'code', children: readReferences(match[1] ?? '') })],
  [referencePattern, (match) => readReference(match[1] ?? '')],
  [/(?<![\w*])\*(?![\s*])((?:`[^`\n]+`|[^*\n])+?)(?<!\s)\*(?![\w*])/, (match) => style('bold', match)],
  [/(?<![\w_])_(?![\s_])((?:`[^`\n]+`|<[^<>\n]+>|[^_\n])+?)(?<!\s)_(?![\w_])/, (match) => style('italic', match)],
  [/(?<![\w~])~(?![\s~])((?:`[^`\n]+`|[^~\n])+?)(?<!\s)~(?![\w~])/, (match) => style('strike', match)],
]

function style(kind: 'bold' | 'italic' | 'strike', match: RegExpExecArray): Piece {
  return { kind, children: readInline(match[1] ?? '') }
}

function readInline(text: string): Piece[] {
  return readFirst(text, readers, readEmoji)
}

/** Code holds no styles and no emoji, but links and mentions keep working in it. */
function readReferences(text: string): Piece[] {
  return readFirst(text, [[referencePattern, (match) => readReference(match[1] ?? '')]], (plain) => [asText(plain)])
}

function readFirst(text: string, known: readonly Reader[], readRest: (plain: string) => Piece[]): Piece[] {
  const pieces: Piece[] = []
  let rest = text
  while (rest !== '') {
    const found = known
      .map(([pattern, read]) => ({ match: pattern.exec(rest), read }))
      .filter((one): one is { match: RegExpExecArray; read: Reader[1] } => one.match !== null)
      .sort((one, other) => one.match.index - other.match.index)[0]
    if (!found) break
    const { match, read } = found
    if (match.index > 0) pieces.push(...readRest(rest.slice(0, match.index)))
    pieces.push(read(match))
    rest = rest.slice(match.index + match[0].length)
  }
  return rest === '' ? pieces : [...pieces, ...readRest(rest)]
}

function readReference(inside: string): Piece {
  const [target = '', ...labels] = inside.split('|')
  const label = toCharacters(labels.join('|'))
  const group = /^!subteam\^(\w+)/.exec(target)
  const date = /^!date\^(\d+)\^([^^]*)/.exec(target)
  if (/^@\w+$/.test(target)) return { kind: 'user', id: target.slice(1), label }
  if (/^#\w+$/.test(target)) return { kind: 'channel', id: target.slice(1), label }
  if (group) return { kind: 'group', id: group[1] ?? '', label }
  if (date) return { kind: 'date', seconds: Number(date[1]), format: toCharacters(date[2] ?? ''), label }
  if (/^!\w+$/.test(target)) return { kind: 'broadcast', id: target.slice(1), label }
  if (/^(https?:\/\/|mailto:)/i.test(target)) return { kind: 'link', url: toCharacters(target), label }
  return asText(`<${inside}>`)
}

function readEmoji(text: string): Piece[] {
  // Without a letter in it, what stands between colons is a time of day.
  return text.split(/(:(?:[+-]1|[a-z0-9_+'-]*[a-z][a-z0-9_+'-]*):)/).flatMap((part, index): Piece[] => {
    if (part === '') return []
    return index % 2 === 1 ? [{ kind: 'emoji', name: part.slice(1, -1) }] : [asText(part)]
  })
}

function asText(text: string): Piece {
  return { kind: 'text', text: toCharacters(text) }
}

function toCharacters(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}

function trimBreaks(text: string): string {
  return text.replace(/^\n/, '').replace(/\n$/, '')
}
