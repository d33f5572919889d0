import { isCsvlog } from '../formats/postgres-csvlog.ts'
import { type Language, type LocalMessage, languages, localWords, mayBeLocal } from './catalogue.ts'

/** Characters of a line in which messages of other languages are looked for. */
const headLength = 2_000
/** Messages of one line that are turned into English. */
const most = 4

const words = [...localWords.keys()].sort((one, other) => other.length - one.length).join('|')
const heading = new RegExp(`(^|[\\s:：\\])|>.])(${words})\\s?[:：](?=\\s|$)`, 'gu')

/**
 * The line as PostgreSQL and its programs would have written it in English, by their own catalogues of messages and
 * those of the C library: words before a message and the message itself, with what varies left as it stands. What is in
 * no catalogue stays. So everything that knows English messages knows these.
 */
export function toEnglish(line: string): string {
  if (!mayBeLocal(line)) return line
  const head = line.slice(0, headLength)
  const named = head.replace(heading, (_whole, before: string, word: string) => `${before}${localWords.get(word)}:`)
  const quote = findQuote(head)
  const translated = languages.reduce((text, language) => translate(text, language, quote), named)
  return translated + line.slice(headLength)
}

/** How a quotation mark stands within a field of the line: an English message has some where others have their own. */
function findQuote(line: string): string {
  if (/^\s{0,8}\{/.test(line)) return '\\"'
  return isCsvlog(line) ? '""' : '"'
}

function translate(text: string, { script, messages }: Language, quote: string): string {
  if (!script.test(text)) return text
  let said = text
  for (let count = 0; count < most; count++) {
    const found = findMessage(said, messages(), quote)
    if (found === null) return said
    said = found
  }
  return said
}

function findMessage(text: string, messages: readonly LocalMessage[], quote: string): string | null {
  for (const { literal, pattern, english } of messages) {
    if (!text.includes(literal)) continue
    const match = pattern.exec(text)
    if (!match) continue
    const rendered = english
      .replaceAll('"', quote)
      .replace(/%(\d)/g, (_whole, group: string) => (group === '0' ? '' : (match[Number(group)] ?? '')))
    const said = text.slice(0, match.index) + rendered + text.slice(match.index + match[0].length)
    if (said !== text) return said
  }
  return null
}
