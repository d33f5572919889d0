import { findCodes } from '../codes/find-codes.ts'
import { isPiped } from '../formats/envelopes.ts'
import type { ParsedLine } from '../formats/format.ts'
import { callsItselfError } from './error-words.ts'
import { dropNames } from './names.ts'

/** Says of what would be an error that there was none. */
const harmless =
  /\b(?:no|0|zero|without|any|not) (?:[\w()]{1,20} )?(?:errors?|failures?|failed|warnings?|exceptions?|rejected|skipped|aborted)\b|\b(?:errors?|failed|failures?|warnings?|rejected|skipped|aborted|exceptions?)["']?\s{0,20}[:=]\s{0,20}(?:0\b|false|null|none|\[\])|^\s*0 (?:rows?|records?|rader|filas|lignes|righe|zeilen)\b.{0,120}|^[^\d\n]{0,80}[\s,，、はの]0\s?(?:行|개의? ?행|건)[^\d\n]{0,60}$|(?:失败|失敗|错误|錯誤|エラー|실패|오류)[\p{Script=Han}\p{Script=Hangul}\p{Script=Katakana}\p{Script=Hiragana} ]{0,10}\s{0,30}[:：]\s{0,30}0(?:\s|$)|(?:errors? allowed|允许的错误|允許的錯誤|許容エラー数|허용(?:된)? ?오류(?: 수)?|zulässige (?:fehler|error)|erreurs autorisées|errores permitidos|errori consentiti)\s?:\s{0,20}\d{1,12}/giu

/** Whether a line that holds a telling word only says that nothing went wrong. */
export function isHarmless({ level, text, also }: ParsedLine): boolean {
  // A total, as in `오류 : 0`: what is named so was taken for a level.
  if (/^\s*0\s*$/.test(text) && also.length === 0) return true
  if (level === 'error' || level === 'fatal' || also.length > 0) return false
  const rest = text.replace(harmless, ' ')
  if (rest === text || callsItselfError(dropNames(rest))) return false
  return !findCodes(rest).some(({ weight }) => weight > 1)
}

/** Its level stands where a header has it: at the beginning, behind a time, a process or what a container puts in front. */
const quietLevel = new RegExp(
  [
    '^\\s{0,8}[[(<*]{0,2}(?:INFO|DEBUG|TRACE|NOTICE|LOG|info|debug|trace)\\b\\s{0,10}(?:[\\]):|>-]|\\s\\[)',
    '^[^"\'`]{0,80}?[\\d\\])|:Z](?: [A-Z]{2,5})?\\s{1,4}[[(]?(?:INFO|DEBUG|TRACE|NOTICE|LOG|info|debug|trace)\\b',
    '^[^"\'`]{0,60}?\\d\\d:\\d\\d\\S{0,12}(?:\\s{1,3}(?![a-z]{1,30}\\s)[^\\s"\'`]{1,60}){0,4}?\\s{1,4}[[(]?(?:INFO|DEBUG|TRACE)\\b',
    '^[^"\'`]{0,80}?\\][ITDV]: ',
    '^(?:time=\\S{1,40}(?: \\S{1,20})? )?level=(?:info|debug|trace)\\b',
  ].join('|'),
)
/** No line without one of these is quiet: most lines of errors are told by that. */
const named = /INFO|DEBUG|TRACE|NOTICE|LOG|info|debug|trace|[ITDV]: |":\s?(?:"I"|[123]0)/
const quietJson =
  /^\{.{0,300}?"(?:level|severity|lvl|s)":\s?(?:10|20|30|"(?:info|debug|trace|INFO|DEBUG|TRACE|NOTICE|I)")/
const loud =
  /ERROR|FATAL|PANIC|SEVERE|CRITICAL|FAIL|xception|rror: |rror\b.{0,3} \d|\.errors\.|terminated by|nvalid value for parameter|o space left|ould not bind|already in use|rchive command|replication slot|nrecognized configuration|(?:Database|Compilation|Runtime) Error in /

/**
 * Whether a raw line calls itself information and holds nothing that contradicts it: known before its header is read,
 * because there are so many of them. `isTelling`: whether a telling word stands in it, as nearly all that contradicts is.
 */
export function isQuiet(raw: string, isTelling = true): boolean {
  if (!named.test(raw.length > 400 ? raw.slice(0, 400) : raw)) return false
  return (
    (raw.charCodeAt(0) === 123 ? quietJson : quietLevel).test(raw) && !(isTelling && loud.test(raw)) && !isPiped(raw)
  )
}

/** Whether a line that calls itself information goes on, indented, with what it says was put up with. */
export function saysTolerated(raw: string): boolean {
  return /(?:despite|ignor\w{2,4}|tolerat\w{2,4}|skipp\w{2,4}|as ran)\b.{0,300}:\s*$/i.test(raw)
}
