const own =
  /\b(?:errors?|ERR|fatal|fail(?:ed|s|ure|ures|ing)?|exceptions?|panic|abort(?:ed|ing)?|denied|refused|rejected|cannot|can't|couldn't|could not|can not|unable|killed|segmentation fault|core dumped|panicked|out of (?:memory|disk)|traceback|crash(?:ed)?|forbidden|deadlock|violates|KABOOM|OOM-?Killed)\b|\w(?:Exception|Error)\b|\b(?:ORA|TNS|SP2|PLS|KUP|IMP|EXP|UDI|UDE)-\d{3,5}\b|오류|실패|치명적|エラー|失敗|错误|失败|致命/i

const soft =
  /\b(?:invalid|illegal|incorrect|violat\w{2,6}|exceed(?:ed|s)?|exhausted|no space|out of|not found|no such|not exist|already exists|unexpected(?:ly)?|lost|unknown|unrecogni[sz]ed|missing|corrupt\w{0,6}|unreachable|timed[ -]?out|time-?out (?:expired|exceeded|elapsed|reached)|duplicate|unsupported|not supported|not allowed|must (?:be|have)|too (?:long|large|many|big|old|new)|does not|doesn't|is not|isn't|not enough|mismatch|undefined|conflict\w{0,4}|reset by peer|closed|broken|terminated|no longer|insufficient|overflow|unauthori[sz]ed|not (?:valid|permitted|available|installed|defined|present)|ambiguous|bad|contains? null|being accessed|is of type|truncat\w{2,4}|no matching|hang up|i\/o timeout|signal \d)\b/i

/** Whether a text, names taken out, says of itself that it tells of an error. */
export function callsItselfError(words: string): boolean {
  return own.test(words)
}

/** Whether a text, names taken out, speaks of anything that is not as it should be. */
export function speaksOfTrouble(words: string): boolean {
  return own.test(words) || soft.test(words)
}
