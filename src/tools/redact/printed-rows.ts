import { isTag, type Tag } from './tag.ts'
import { isTellingField } from './telling-fields.ts'

/** Replaces rows that clients print as tables or one column a line, and arrays that PHP and Node print so. */
export function hidePrintedRows(text: string, tag: Tag): string {
  return hideDumps(hideVertical(hideTables(text, tag), tag), tag)
}

/** `----+------` of psql, `+----+------+` of mysql. */
const rule = /^(?:\S{0,60} *\| )?(?:-{2,200}(?:\+-{2,200}){1,80}|\+-{2,200}(?:\+-{2,200}){0,80}\+)\s*$/
/** Heads of tables that tell of migrations, not of rows. */
const report =
  /\b(?:version|state|status|migration|description|category|level|code|message|error|step|script|type|table|column|constraint|warning|installed|result)\b/i

function hideTables(text: string, tag: Tag): string {
  if (!/-\+-|^\+-/m.test(text)) return text
  const lines = text.split('\n')
  let isIn = false
  return lines
    .map((line, index) => {
      if (rule.test(line)) {
        const isFramed = line.includes('+-') && /\+\s*$/.test(line)
        // mysql draws a line above the head and one below it.
        const head = lines[index - 1] ?? ''
        isIn = head.includes('|') && !report.test(head) && !(isFramed && isIn)
        return line
      }
      if (!isIn || !line.includes('|')) {
        isIn = false
        return line
      }
      return line.replace(/(^|\|)([^|]*[^|\s][^|]*)/g, (_, bar: string, cell: string) => {
        const value = cell.trim()
        const before = cell.slice(0, cell.length - cell.trimStart().length)
        const after = cell.slice(cell.trimEnd().length)
        return isTag(value) || /^(?:\(null\)|NULL|t|f|\d{1,4})$/.test(value)
          ? bar + cell
          : bar + before + tag('cell', value) + after
      })
    })
    .join('\n')
}

/** `*** 1. row ***` of mysql with \G, `-[ RECORD 1 ]-` of psql with \x. */
function hideVertical(text: string, tag: Tag): string {
  if (!/\d\. row \*{3}|-\[ RECORD \d/.test(text)) return text
  let isIn = false
  return text
    .split('\n')
    .map((line) => {
      if (/^\*{3,40} \d{1,9}\. row \*{3,40}|^-\[ RECORD \d{1,9} \]/.test(line)) isIn = true
      else if (isIn) {
        const [, before = '', name = '', value = ''] =
          /^(\s{0,40}([\w$ ]{1,64}?)\s{0,40}(?:: |\| ))(.*\S)\s*$/.exec(line) ?? []
        isIn = before !== ''
        if (isIn && !isTellingField(name.trim()) && !isTag(value) && value !== 'NULL')
          return before + tag(name.trim(), value)
      }
      return line
    })
    .join('\n')
}

/** PHP's print_r and var_dump, and one field a line as Node and Perl print objects. */
function hideDumps(text: string, tag: Tag): string {
  const hide = (found: string, before: string, name: string, value: string, after: string) =>
    isTellingField(name) || isTag(value) || /^(?:Array|\w{1,60} Object|\(|\d{1,4})$/.test(value)
      ? found
      : before + tag(name, value) + after
  return text
    .replace(/^([ \t>]{0,24}\[:?([\w.:-]{1,80})\] => )([^\s(‹][^\n]{0,2000}?)([ \t\r]*)$/gm, hide)
    .replace(/(\["?(\w{1,80})"?\]=>\s{1,40}string\(\d{1,7}\) ")([^"\n‹]{1,2000})(")/g, hide)
    .replace(
      /^([ \t]{1,40}['"]?([A-Za-z_]\w{0,60})['"]?\s?(?:=>|:) ['"])((?=[^'"\n]{0,400}(?:[ @]|[^ -~]))[^'"\n‹]{3,400})(['"],?[ \t]*)$/gm,
      hide,
    )
}
