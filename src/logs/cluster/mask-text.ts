/** What stands in a template where texts of one group differ. */
export const variable = '<*>'

/** Characters of an event's head that are looked at: what comes after does not tell one kind of message from another. */
const longestHead = 2_000

const month = '(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}'
const day = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}'
const clock = '\\d{1,2}:\\d{2}(?::\\d{2}(?:[.,]\\d{1,9})?)?'
const dateInWords = `\\b(?:${day},? {1,3})?${month} {1,3}\\d{1,2}(?:,? {1,3}\\d{4})?(?: {1,3}${clock})?(?: {1,3}[A-Z]{2,4}T)?(?: {1,3}\\d{4})?\\b`
const topLevel =
  '(?:com|net|org|edu|gov|int|mil|io|info|biz|arpa|local|localdomain|localhost|internal|lan|corp|home|[a-z]{2})'

/**
 * What varies between two messages of one kind, whichever program wrote them. The order matters: the more special
 * first. Every repetition is bounded, and so is the head, so that no text costs more than linear time.
 */
const masks: readonly (readonly [RegExp, string])[] = [
  // UUIDs
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, variable],
  // `Fri Jun 17 20:55:06 2005`, `Jul 3`
  [new RegExp(dateInWords, 'g'), variable],
  // `2026-11-02T03:04:05.678+09:00`
  [/\b\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?\b/g, variable],
  // Requests keep their method, which says more than their quotes.
  [/"(GET|POST|PUT|DELETE|HEAD|PATCH|OPTIONS) [^"\n]{0,500}"/g, `$1 ${variable}`],
  [/"[^"\n]{0,300}"/g, variable],
  [/(?<![^\s=(:,[])'[^'\n]{0,300}'/g, variable],
  // addresses with a scheme
  [/\b[a-z][a-z0-9+.:-]{1,30}:\/\/[^\s'"<>,;)]+/gi, variable],
  // IPv4, with port
  [/(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?\b/g, variable],
  // host names, with port
  [new RegExp(`(?<![\\w.-])(?:[a-z0-9_-]{1,63}\\.){1,8}${topLevel}(?::\\d{1,5})?\\b(?![.\\w/])`, 'g'), variable],
  [/(?<![\w.-])[a-z][a-z\d_-]{0,63}(?:\.[a-z\d_-]{1,63}){0,8}:\d{2,5}\b/g, variable],
  // absolute paths
  [/(?<!\w)\/(?:[\w.@+:%$-]{1,255}\/){1,40}[\w.@+%$-]{0,255}/g, variable],
  [/\b0x[0-9a-f]+\b/gi, variable],
  // hardware addresses and the like
  [/\b[0-9a-f]{2}(?::[0-9a-f]{2}){5,31}\b/gi, variable],
  // names with a number in them: `blk_-16089`, `task_0042`
  [/\b[a-z]{1,40}_-?\d{3,}\b/gi, variable],
  // sizes and durations, also `1,165 bytes (1.13 KB)` and `<1 sec`
  [
    /<?(?<![\w.])-?\d{1,20}(?:[.,]\d{1,20}){0,6}\s?(?:bytes|[KMGTP]i?B|B|secs?|seconds?|s|ms|minutes?|hours?|rows?)\b(?:\s?\(\d{1,20}(?:\.\d{1,20})?\s?[KMGT]i?B\))?/g,
    variable,
  ],
  [/(?<![\w.])[-+]?\d{1,40}(?:[.,:]\d{1,40}){0,12}(?:ms|s|us|ns|%)?(?!\w)/g, variable],
  // who it was
  [/\b(user)([ =])(?!<)([^\s,;]{1,128})/g, `$1$2${variable}`],
  // values of `name=value`
  [/\b([\w.-]{1,80})=(?!<\*>(?=[\s,;()[\]{}]|$))([^\s,;()[\]{}]+)/g, `$1=${variable}`],
  // any other word that holds a digit
  [/(?<![^\s,;:()[\]{}=])[^\s,;:()[\]{}=\d]{0,120}\d[^\s,;()[\]{}=]{0,200}(?=[\s,;()[\]{}=]|$)/g, variable],
  // lists count as one value
  [/<\*>(?:[\s,;|\\/:]{0,8}<\*>)+/g, variable],
]

/** The words of a message's head with everything that varies replaced by `<*>`. */
export function maskText(text: string): string[] {
  const head = text.length > longestHead ? text.slice(0, longestHead) : text
  const masked = masks.reduce((so, [shape, to]) => so.replace(shape, to), head).trim()
  return masked === '' ? [] : masked.split(/\s+/)
}
