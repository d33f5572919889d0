import { disarm, splitText, type TextPart } from '../../domain/text.ts'
import { writeTime } from '../../domain/write-time.ts'

/** How a text is spoken in one message: who is mentioned for real, and whose zone the written times have. */
export interface Voice {
  /** Slack's markup for a person: `<@U1>` rings their phone in a new message, `@alice` does not. */
  person(id: string): string
  /** IANA zone of times for clients that cannot format them. */
  readonly timezone: string
  /** Addresses of words such as `restore-1`, each linked wherever it stands as a whole word. */
  readonly links?: ReadonlyMap<string, string>
}

/** A part of a text, or a word that is a link. */
type Piece = TextPart | { readonly kind: 'link'; readonly text: string; readonly url: string }

/** Slack's three characters of control become entities; nothing that was typed can mention or link. */
export function escapeText(text: string): string {
  return text.toWellFormed().replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}

/** Marked text as mrkdwn of at most `max` characters. What does not fit is cut, and the text says so. */
export function writeMrkdwn(text: string, voice: Voice, max: number): string {
  const pieces = splitText(disarm(text)).flatMap((part) => linkWords(part, voice.links))
  return join(pieces, max, (part) => {
    if (part.kind === 'link') return `<${part.url}|${escapeText(part.text)}>`
    if (part.kind === 'person') return voice.person(part.person)
    if (part.kind === 'channel') return `<#${part.channel}>`
    if (part.kind === 'time') return writeDate(part, voice.timezone)
    return null
  })
}

/**
 * The text of a message whose blocks say it all: what a lock screen shows. People are mentioned, times are written
 * out in the voice's zone, because a notification may show Slack's date markup as it is.
 */
export function writeLockScreen(text: string, voice: Voice, max: number): string {
  return join(splitText(disarm(text)), max, (part) => {
    if (part.kind === 'person') return voice.person(part.person)
    if (part.kind === 'channel') return `<#${part.channel}>`
    return part.kind === 'time' ? escapeText(writeTime(part, voice.timezone)) : null
  })
}

/** Marked text where Slack reads no markup: buttons, titles. Names and times become plain words. */
export function writePlain(text: string, voice: Voice, max: number): string {
  const plain = splitText(disarm(text))
    .map((part) => {
      if (part.kind === 'plain') return part.text
      if (part.kind === 'channel') return `#${part.channel}`
      return part.kind === 'person'
        ? voice.person(part.person).replace(/^<@(\w+)>$/, '@$1')
        : writeTime(part, voice.timezone)
    })
    .join('')
  return plain.length <= max ? plain : `${takeStart(plain, max - 1, (one) => one).text}…`
}

/** Text shown as it is, such as commands: escaped, its own fences defused, cut with a note at `max`. */
export function writeCode(text: string, max: number): string {
  const defused = disarm(text).replaceAll('```', '` ` `')
  return `\`\`\`${join([{ kind: 'plain', text: defused }], max - 6, () => null)}\`\`\``
}

type Written = (part: Piece) => string | null

function linkWords(part: TextPart, links: ReadonlyMap<string, string> | undefined): Piece[] {
  if (part.kind !== 'plain' || !links || links.size === 0) return [part]
  return part.text.split(/([a-z]+-\d+)/).flatMap((text): Piece[] => {
    const url = links.get(text)
    if (url !== undefined) return [{ kind: 'link', text, url }]
    return text === '' ? [] : [{ kind: 'plain', text }]
  })
}

function join(parts: readonly Piece[], max: number, write: Written): string {
  const whole = parts.map((part) => write(part) ?? escapeText(part.kind === 'plain' ? part.text : '')).join('')
  if (whole.length <= max) return whole
  // Room for the note; how much was cut is counted in what Slack would have been sent.
  const room = max - 40
  let text = ''
  for (const part of parts) {
    const written = write(part)
    if (written !== null) {
      if (text.length + written.length > room) break
      text += written
      continue
    }
    const taken = takeStart(part.kind === 'plain' ? part.text : '', room - text.length, escapeText)
    text += taken.text
    if (!taken.all) break
  }
  return `${text} … (cut, ${whole.length - text.length} characters more)`
}

/** The longest start whose written form fits; never half of a character or of an entity. */
function takeStart(text: string, room: number, write: (one: string) => string): { text: string; all: boolean } {
  let taken = ''
  for (const one of text) {
    const written = write(one)
    if (taken.length + written.length > room) return { text: taken, all: false }
    taken += written
  }
  return { text: taken, all: true }
}

type TimePart = Extract<TextPart, { kind: 'time' }>

const slackFormats: Record<TimePart['style'], string> = {
  clock: '{time}',
  date: '{date_short}',
  both: '{date_short} {time}',
}

function writeDate(part: TimePart, timezone: string): string {
  const seconds = Math.floor(Date.parse(part.iso) / 1000)
  const fallback = escapeText(writeTime(part, timezone)).replace(/[|^]/g, ' ')
  // Slack refuses times that are none; then the words that were given are better than nothing.
  return Number.isFinite(seconds) && seconds > 0
    ? `<!date^${seconds}^${slackFormats[part.style]}|${fallback}>`
    : fallback
}
