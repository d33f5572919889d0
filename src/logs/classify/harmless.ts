/** Says of what would be an error that there was none. */
const harmless =
  /\b(?:no|0|zero|without|any) (?:\w{1,20} )?(?:errors?|failures?|failed|warnings?|exceptions?|rejected|skipped)\b|\b(?:errors?|failed|failures?|warnings?|rejected|skipped)["']?\s?[:=]\s?(?:0\b|false|null|none)/i
const otherwise = /\b(?:ERROR|FATAL|PANIC|SEVERE|CRITICAL)\b/

/** Whether a line that holds a telling word only says that nothing went wrong. */
export function isHarmless(text: string): boolean {
  return harmless.test(text) && !otherwise.test(text)
}
