import { isPostgresCode } from '../codes/sqlstate.ts'
import { type Format, makeLine, type ParsedLine } from './format.ts'

const severity =
  /(?:^|[\s:\])])(DEBUG[1-5]?|LOG|INFO|NOTICE|WARNING|ERROR|FATAL|PANIC|DETAIL|HINT|CONTEXT|STATEMENT|QUERY|LOCATION|FEHLER|WARNUNG|ERREUR|ATTENTION|ERRO|ERRORE|ОШИБКА|ПРЕДУПРЕЖДЕНИЕ|HATA|UYARI|BŁĄD|OSTRZEŻENIE|FEL|VARNING|CHYBA|VAROVÁNÍ|HIBA|ПОМИЛКА|ПОПЕРЕДЖЕННЯ|AVISO|錯誤|错误|致命错误|警告|エラー|오류): {1,2}/
const time = /^\[?(\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:[.,]\d{1,6})?(?: ?(?:[A-Z]{1,5}|[+-]\d\d(?::?\d\d)?)\b)?)/
const pid = /\[(\d{1,9})(?:-\d+)?\]|\bpid[=:] ?(\d{1,9})|^\S+ \S+ \S+ (\d{2,9}) /
const parts = new Set(['DETAIL', 'HINT', 'CONTEXT', 'STATEMENT', 'QUERY', 'LOCATION'])

/**
 * PostgreSQL on standard error, with whatever log_line_prefix: time or epoch first, or nothing at all (psql's own
 * `ERROR:  …`). Details have a header of their own and belong to their process's last message.
 */
export const postgresStderr: Format = {
  name: 'postgres-stderr',
  parse(line): ParsedLine | null {
    const head = line.length > 260 ? line.slice(0, 260) : line
    const found = severity.exec(head)
    if (!found) return null
    const at = time.exec(head)?.[1]
    // Without a time only a word at the very beginning counts: other tools write `error:` within their lines.
    if (at === undefined && !/^(?:[\w.@-]{0,60}\[\d{1,9}\]:? ?)?$/.test(head.slice(0, found.index))) return null
    if (at === undefined && !/^[A-Z]+[1-5]?: {1,2}\S|^[^ -~]|^[\w.@-]{0,60}\[/.test(head)) return null
    const prefix = head.slice(0, found.index)
    // What another program says before it repeats the server's message is no prefix.
    if (/SQLSTATE|[A-Za-z\]]: \S{0,40} ?[a-z]{2,20} [a-z]/.test(prefix)) return null
    const process = pid.exec(prefix)
    const word = found[1] ?? ''
    const state = findState(prefix)
    const text = line.slice(found.index + found[0].length)
    if (parts.has(word)) {
      return makeLine(
        'postgres-stderr',
        `${word}:  ${text}`,
        { at, pid: process?.[1] ?? process?.[2] ?? process?.[3] },
        { part: 'detail' },
      )
    }
    return makeLine(
      'postgres-stderr',
      text,
      { at, level: word, pid: process?.[1] ?? process?.[2] ?? process?.[3] },
      state ? { also: [`SQLSTATE: ${state}`] } : {},
    )
  },
}

/** The SQLSTATE of `%e`; five digits in brackets are a process. */
function findState(prefix: string): string | null {
  // pgcopydb names the connection first, then the code.
  const stated = /\[(?:TARGET|SOURCE) \d{1,9}\] \[([0-9A-Z]{5})\]/.exec(prefix)?.[1]
  if (stated && isPostgresCode(stated)) return stated
  for (const [, open, word = ''] of prefix.matchAll(/([\s,:=[(|])([0-9A-Z]{5})(?=[\s,:\])|]|$)/g)) {
    if (word !== '00000' && isPostgresCode(word) && (/[A-Z]/.test(word) || open === ' ' || open === ',')) return word
  }
  return null
}
