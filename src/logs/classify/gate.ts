/**
 * What a line must hold to be looked at more closely, on raw bytes read as latin1. Lines that only say that all is well
 * are most of a log, so this one test decides how fast a log is read. Words of other languages as their UTF-8 bytes.
 */
const telling =
  /rror|RROR|ERR|FATAL|atal[ :]|FAIL|[Ff]ail|xception|PANIC|panic|CRIT|SEVERE|WARN|[Ww]arning|[A-Z]{2}-\d{4}|KABOOM|denied|refused|[Ii]nvalid|[Aa]bort|[Cc]annot|[Cc]an't|ould not|nable to|not exist|exists|ot found|[Nn]o such|[Kk]illed|[Rr]eject|imed out|imeout|violat|eadlock|uplicate|raceback|SQLSTATE|SQL State|Msg \d|\]E: |\]W: |corrupt|[Nn]ot enough|xceed|[Uu]nsupported|not supported|No space|Address already|terminated by|xhaust|out of|Out of|segfault|egmentation|SP2-|uncat|FEHLER|ERREUR|ERRO|HATA|\xe9\x94\x99\xe8\xaf\xaf|\xe3\x82\xa8\xe3\x83\xa9\xe3\x83\xbc|\xec\x98\xa4\xeb\xa5\x98|\xd0\x9e\xd0\xa8\xd0\x98\xd0\x91\xd0\x9a\xd0\x90/

/** Says of what would be an error that there was none. */
const harmless =
  /\b(?:no|0|zero|without|any) (?:errors?|failures?|failed|warnings?|exceptions?)\b|\b(?:errors?|failed|failures?|warnings?|rejected|skipped)["']?\s?[:=]\s?(?:0\b|false|null|none)/i

/** Whether a raw line may tell of a failure. */
export function isTelling(raw: string): boolean {
  return telling.test(raw)
}

/** Whether a line that passed the gate only says that nothing went wrong. */
export function isHarmless(text: string): boolean {
  return harmless.test(text)
}
