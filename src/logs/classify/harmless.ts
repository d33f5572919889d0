/** Says of what would be an error that there was none. */
const harmless =
  /\b(?:no|0|zero|without|any) (?:\w{1,20} )?(?:errors?|failures?|failed|warnings?|exceptions?|rejected|skipped)\b|\b(?:errors?|failed|failures?|warnings?|rejected|skipped)["']?\s?[:=]\s?(?:0\b|false|null|none)/i
const otherwise = /\b(?:ERROR|FATAL|PANIC|SEVERE|CRITICAL)\b/

/** Whether a line that holds a telling word only says that nothing went wrong. */
export function isHarmless(text: string): boolean {
  return harmless.test(text) && !otherwise.test(text)
}

const quietLevel =
  /^[^"]{0,90}?(?:\b(?:INFO|DEBUG|TRACE|NOTICE|LOG)\b|\][ITDV]: )|^\{.{0,300}?"(?:level|severity|lvl|s)":\s?(?:10|20|30|"(?:info|debug|trace|INFO|DEBUG|TRACE|NOTICE|I)")/
const loud =
  /ERROR|FATAL|PANIC|SEVERE|CRITICAL|FAIL|xception|rror: |terminated by|nvalid value for parameter|o space left|ould not bind|already in use|rchive command|replication slot|nrecognized configuration/

/**
 * Whether a raw line calls itself information and holds nothing that contradicts it: known before its header is read,
 * because there are so many of them.
 */
export function isQuiet(raw: string): boolean {
  return quietLevel.test(raw) && !loud.test(raw)
}
