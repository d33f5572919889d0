/**
 * Text for people carries three kinds of marks that each surface writes in its own way: a person, a channel and a time.
 * Slack turns them into `<@U…>`, `<#C…>` and `<!date…>`, a terminal into names and the plan's zone, a report into
 * both zone and UTC. Everything else is plain text, to be escaped by whoever writes it.
 */
export function markPerson(person: string): string {
  return `⟦person:${plainText(person)}⟧`
}

/** Marks a channel, given by its id: whoever may see it reads its name. */
export function markChannel(channel: string): string {
  return `⟦channel:${channel}⟧`
}

/** Marks a time, given as ISO 8601; `style` says how much of it is wanted. */
export function markTime(iso: string, style: 'clock' | 'date' | 'both' = 'clock'): string {
  return `⟦time:${style}:${iso}⟧`
}

export type TextPart =
  | { readonly kind: 'plain'; readonly text: string }
  | { readonly kind: 'person'; readonly person: string }
  | { readonly kind: 'channel'; readonly channel: string }
  | { readonly kind: 'time'; readonly style: 'clock' | 'date' | 'both'; readonly iso: string }

const mark = /⟦(?:person:([^⟧]+)|channel:(\w+)|time:(clock|date|both):([^⟧]+))⟧/g

/** Splits a marked text into its parts, in order. Anything that is no mark stays plain. */
export function splitText(text: string): TextPart[] {
  const parts: TextPart[] = []
  let from = 0
  for (const match of text.matchAll(mark)) {
    if (match.index > from) parts.push({ kind: 'plain', text: text.slice(from, match.index) })
    const [, person, channel, style, iso] = match
    if (person !== undefined) parts.push({ kind: 'person', person })
    else if (channel !== undefined) parts.push({ kind: 'channel', channel })
    else if (iso !== undefined) parts.push({ kind: 'time', style: style as 'clock' | 'date' | 'both', iso })
    from = match.index + match[0].length
  }
  if (from < text.length) parts.push({ kind: 'plain', text: text.slice(from) })
  return parts
}

/** Marked text in words that alert nobody: `@bob` for a person, `#C0INC` for a channel, times as given or as written. */
export function nameMarked(
  text: string,
  write: (time: Extract<TextPart, { kind: 'time' }>) => string = ({ iso }) => iso,
): string {
  const words = splitText(text).map((part) => {
    if (part.kind === 'plain') return part.text
    if (part.kind === 'channel') return `#${part.channel}`
    return part.kind === 'person' ? `@${part.person}` : write(part)
  })
  return words.join('')
}

/** Everything but printable text, tabs and line breaks. */
const orders = /[^\P{Cc}\t\n\r]/gu
/** Turns the direction of what follows, or takes no room: one command could look like another. */
const unseen =
  /\u034f|\u17b4|\u17b5|\u180b|\u180c|\u180d|\u180f|[\u00ad\u061c\u115f\u1160\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu
/** Joins pictures into one (👩‍💻); anywhere else it is as unseen as the others. */
const joiner = /(?<!\p{Extended_Pictographic}[\ufe0f\u{1f3fb}-\u{1f3ff}]?)\u200d|\u200d(?!\p{Extended_Pictographic})/gu

/**
 * Text from anywhere as a person may be shown it: whatever cannot be seen, or changes how the rest is seen, becomes
 * a mark that can. It is not left out, because `or\u200bders` is not `orders`.
 */
export function disarm(text: string): string {
  return text.toWellFormed().replace(orders, '\ufffd').replace(unseen, '\ufffd').replace(joiner, '\ufffd')
}

/** As `toISOString` writes it, which is how facts of errors hold a time. */
const factTime = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g

/** A sentence of an error as plain text, its times marked: whoever reads it at night reads them in their own zone. */
export function markTimesIn(text: string): string {
  return plainText(text).replace(factTime, (iso) => markTime(iso, 'both'))
}

/** Takes the marks' brackets out of text that came from outside, so that nobody can forge a mention. */
export function plainText(text: string): string {
  return text.replace(/[⟦⟧]/g, '')
}
