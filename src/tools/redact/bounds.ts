/** Ends of lines and messages in one text. Asked from left to right; each is looked for once. */
export interface Bounds {
  lineEnd(start: number): number
  /** Where something new begins: a line with a time, a level, a label, a frame of a stack. */
  messageEnd(start: number): number
}

/** Words that begin a part of a message of PostgreSQL, in the languages of its catalogues. */
const labels =
  'ERROR|FATAL|PANIC|WARNING|NOTICE|LOG|INFO|DEBUG|DETAIL|HINT|CONTEXT|STATEMENT|QUERY|LOCATION|Command was|FEHLER|PANIK|WARNUNG|HINWEIS|TIPP|ZUSAMMENHANG|ANWEISUNG|ANFRAGE|DETALLE|CONTEXTO|SENTENCIA|CONSULTA|ERREUR|ATTENTION|DÉTAIL|ASTUCE|CONTEXTE|INSTRUCTION|REQUÊTE|ERRORE|FATALE|PANICO|ATTENZIONE|NOTIFICA|DETTAGLI|SUGGERIMENTO|CONTESTO|ISTRUZIONE|詳細|文|文脈|ヒント|問い合わせ|상세정보|명령 구문|내용|쿼리|힌트|오류|치명적오류|손상|경고|알림|로그|ERRO|AVISO|DETALHE|DICA|COMANDO|ОШИБКА|ВАЖНО|ПАНИКА|ПРЕДУПРЕЖДЕНИЕ|ЗАМЕЧАНИЕ|СООБЩЕНИЕ|ПОДРОБНОСТИ|ПОДСКАЗКА|КОНТЕКСТ|ОПЕРАТОР|ЗАПРОС|ПОМИЛКА|ВІДОМОСТІ|УКАЗІВКА|ІНСТРУКЦІЯ|ЗАПИТ|BŁĄD|SZCZEGÓŁY|PODPOWIEDŹ|KONTEKST|WYRAŻENIE|ZAPYTANIE|FEL|DETALJ|TIPS|SATS|FRÅGA|HATA|AYRINTI|İPUCU|ORTAM|KOMUT|SORGU|错误|致命错误|警告|注意|日志|详情|详细信息|提示|上下文|语句|查询|錯誤|詳情|陳述式|查詢'

const time = String.raw`\[?\d{4}[-/.]\d\d[-/.]\d\d|\[?\d\d:\d\d:\d\d|[A-Z][a-z]{2} [ \d]\d \d\d:`
const frame = String.raw`at [^\n(]{1,120}\(|Caused by|Traceback |File "|\.\.\. \d{1,6} more|[\w.]{1,80}(?:Error|Exception)\b|SQL\d{4,5}[NWCI] |Msg \d{1,6}, Level|ORA-\d{5}|ERROR \d{4} |Call getNextException|\(Background on|\[(?:SQL|parameters)`
const next = new RegExp(
  String.raw`\n(?=[ \t]{0,40}(?:${time}|\{|pg_\w{1,20}: |psql:|${frame})|[^\n]{0,160}?(?<![\p{L}\d_])(?:${labels}) ?: )`,
  'gu',
)

/** Finds the ends in `text`; many questions together cost no more than reading it a few times. */
export function createBounds(text: string): Bounds {
  let [lineFrom, line] = [0, -1]
  let [messageFrom, message] = [0, -1]
  return {
    lineEnd(start) {
      if (start < lineFrom || start > line) {
        const found = text.indexOf('\n', start)
        lineFrom = start
        line = found < 0 ? text.length : found
      }
      return line
    },
    messageEnd(start) {
      if (start < messageFrom || start > message) {
        next.lastIndex = start
        messageFrom = start
        message = next.exec(text)?.index ?? text.length
      }
      return message
    },
  }
}
