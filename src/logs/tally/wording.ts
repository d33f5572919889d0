import type { LogEvent } from '../events/event.ts'

const values = /"[^"\n]{0,200}"|'[^'\n]{0,200}'|`[^`\n]{0,200}`|\d+/g
const codes =
  /(?:ORA-|TNS-|SQLSTATE\W{0,3}|SQL State\s{0,3}: |rror(?: code)?\W{0,4}|Msg |\bcode\W{0,4}|^|SqlState: |NativeError: )([0-9A-Z]{4,6})\b/g
/** Characters that are looked at: what differs later does not make another kind of event. */
const shown = 400

/**
 * What an event says with its values taken out, codes kept: events of equal wording are judged once. Cheap on purpose;
 * the groups that people see come from the grouper.
 */
export function findWording(event: LogEvent): string {
  let wording = event.level ?? ''
  for (const line of event.lines) {
    if (line.kind === 'frame' || line.kind === 'statement' || line.kind === 'before' || line.kind === 'detail') continue
    const text = line.message.length > shown ? line.message.slice(0, shown) : line.message
    wording += `\n${text.replace(values, '*')}`
    for (const [, code] of text.matchAll(codes)) wording += ` ${code}`
    if (wording.length > 4 * shown) break
  }
  return wording
}
