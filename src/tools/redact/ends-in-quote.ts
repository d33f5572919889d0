import { createBounds } from './bounds.ts'
import { isMessage } from './message-words.ts'
import { findTagEnd, type Tag } from './tag.ts'

const opens = /[:：][ \u00a0]{0,2}\\{0,7}(["'»«„“「])[ \u00a0]?/g
const closers: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '»': '«',
  '«': '»',
  '„': '“',
  '“': '”',
  '「': '」',
}

/** A line that tells of an error, by its label in PostgreSQL's languages or by a name of an exception. */
const tells =
  /error|exception|fatal|fail|invalid|cannot|could not|unable|\bERR\b|(?:^|[\s\]])[\p{L} ]{1,30} ?: {2}|[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]{3}|오류|상세정보|내용|FEHLER|ERREUR|ERRORE|ОШИБКА|错误|錯誤|\bERRO\b|HATA|\bFEL\b|BŁĄD/iu

/** A word for a value, in the languages that servers speak: what is quoted behind it is one. */
const valued = /(?:\bvalue|Wert|valeur|valore?|wartość|waarde|värdet?|değeri?|значение|값|値|值)(?: \p{L}{3,14})? ?$/iu

/** What a quoted text behind a colon is when it is none of the data. */
const names =
  /(?:columns?|tables?|(?:unknown|unrecognized|extra|missing|unexpected|duplicate|required|unmapped) fields|relation|key|file|directory|folder|module|package|role|user|database|schema|host|server|option|property|parameter|setting|variable|function|procedure|type|class|constraint|index|field|command|program|extension|script|line|near|KeyError|LookupError|keyword|identifier|level|logger|name|path|url|version|status|state|message|msg|code|severity|routine|collation|charset|character set|encoding|locale|engine|plugin|extension|driver|dialect|feature|statement type|operator|unit|queue|topic|테이블|テーブル|매개 변수 이름|параметр конфигурации)["']?$/i

/** The message of another program is quoted behind such a word: what it quotes itself is hidden by its own form. */
const quotesError = /(?:^|[\s.\]("])(?:error|exception|failure|reason|Fehler|erreur|ошибка|错误|오류|エラー)["']?$/iu
/** How a message begins that says of which kind it is: its code, its exception, its level. */
const coded =
  /^(?:\d{3,5}[ :]|\(?SQLSTATE\b|[A-Z]{2,6}-\d{4,6}\b|(?:[\w$]+\.)*[A-Z]\w*(?:Exception|Error)\b|(?:ERROR|FATAL|PANIC)\b)/

/** What Redshift's COPY says of a row, quoted as its value would be. */
const loadErrors =
  /^(?:String (?:length|value) exceeds|Delimiter (?:not found|missing)|Extra column|Missing (?:newline|data for)|Multibyte character|Invalid (?:digit|timestamp|date|boolean|null byte|quote|value for)|(?:Numeric data )?[Oo]verflow|Value too (?:long|large))\b[^'"\d]{0,60}$/

/**
 * Data at the end of a message, `…: "abc"`: PostgreSQL and most libraries end so when they quote what they could not
 * read, whatever the language.
 */
export function hideEndingQuotes(text: string, tag: Tag): string {
  const bounds = createBounds(text)
  const shape = new RegExp(opens)
  let done = ''
  let from = 0
  let [lineStart, lastLine] = [0, -1]
  for (let match = shape.exec(text); match !== null; match = shape.exec(text)) {
    const start = match.index + match[0].length
    const line = bounds.lineEnd(match.index)
    if (line !== lastLine) lineStart = text.lastIndexOf('\n', match.index) + 1
    lastLine = line
    let end = line
    while (end > start && /[.。\s)]/.test(text[end - 1] ?? '')) end -= 1
    const isQuoted = end > start && text[end - 1] === closers[match[1] ?? '']
    const before = text.slice(Math.max(lineStart, match.index - 300), match.index)
    if (
      !isQuoted ||
      !(tells.test(before) || valued.test(before)) ||
      names.test(before) ||
      isPlain(text.slice(start, end - 1)) ||
      isQuotedMessage(before, text.slice(start, end - 1))
    )
      continue
    end -= 1
    while (end > start && /[\s\\]/.test(text[end - 1] ?? '')) end -= 1
    if (findTagEnd(text, start) === end) continue
    done += text.slice(from, start) + tag('value', text.slice(start, end))
    from = end
    shape.lastIndex = line
  }
  return done + text.slice(from)
}

/** Another program's message, by its code or by every word of it; a name among them makes it data. */
function isQuotedMessage(before: string, quoted: string): boolean {
  return (quotesError.test(before) && (coded.test(quoted) || isMessage(quoted))) || loadErrors.test(quoted)
}

/** Files, addresses, and what holds quotes of its own with words between them, as in `"x"型の…: "y"`. */
function isPlain(quoted: string): boolean {
  return (
    quoted === '' ||
    /^(?:\/|\.{1,2}\/|[A-Za-z]:\\|\w{2,12}:\/\/)\S*$|^[\w.-]+(?:\/[\w.-]+)+$|^[\w-]+\.(?:sql|xml|ya?ml|json|py|rb|php|jsx?|tsx?|csv|go|exs?|cs|java|ktr|dump)$/.test(
      quoted,
    ) ||
    /["'] [a-z]|"[\u3040-\uffff][^"]{1,80}: ?"/.test(quoted)
  )
}
