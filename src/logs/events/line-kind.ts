import type { LineKind } from './event.ts'

const frame =
  /^\s*(?:at [\w.$<>/]|\.\.\. \d+ (?:more|common|elided)|File "[^"]{1,300}", line \d|from \S{1,300}:\d+:in |\S{1,300}:\d+:in [`'"]|#\d{1,3} {1,3}\S|(?:Suppressed|Wrapped by): )|^\s*(?:\|\s*)?\^+\s*$|^\s+\.{3}\s*$/
const cause =
  /^\s*(?:\[cause\]|cause): (?=\S)|^\s*(?:\[[^\]]{0,30}\] )?(?:Caused by|caused by|Nested exception|root cause|Root cause|Original error|Underlying error)\b ?:? ?\S/
const exception =
  /^\s*(?:\[[^\]]{0,30}\] |Exception in thread "[^"]{1,80}" |ERROR ?: ?)?(?:[a-zA-Z_][\w$]*[.:]{1,2}){0,12}(?:[A-Z][\w$]*)?(?:Exception|Error|Violation|Fault|Interrupt|Failure|Refused|Invalid\w*|Undefined\w*|Duplicate\w*)\b(?:: |$|\s*\()|^\s*(?:PG|Mysql2|SQLite3|TinyTds|Trilogy)::[A-Z]\w{2,60}: |^\s*(?:[a-z_]\w*\.){0,10}(?:exceptions?|errors)\.[A-Z]\w{2,80}: /
const detail = /^\s*(?:DETAIL|HINT|CONTEXT|LOCATION|WHERE|Detail|Hint|Where|Position|Context|detail|hint)\s?: /
const statement =
  /^\s*(?:STATEMENT|QUERY|Command was|\[SQL|SQL statement|LINE \d+|compiled (?:SQL|code) at|(?:Failed |Failing )?(?:[Ss]tatement|[Qq]uery|SQL)\s{0,8}:) ?/

/** What an unheaded line is within the event that it continues; null for a plain one. */
export function findKind(text: string): LineKind | null {
  const head = text.length > 600 ? text.slice(0, 600) : text
  if (frame.test(head)) return 'frame'
  if (cause.test(head)) return 'cause'
  if (exception.test(head)) return 'exception'
  if (detail.test(head)) return 'detail'
  if (statement.test(head)) return 'statement'
  return null
}
