import { createBounds } from './bounds.ts'
import { findTagEnd, isTag, type Tag } from './tag.ts'

/** Where a tool prints a value or a row as it is: what stands before it, and what ends it. */
const forms: readonly (readonly [opens: RegExp, closes: RegExp])[] = [
  // Scala: a row, a pair of which no case was meant for.
  [/\bMatchError: [[(]/g, /[\])](?= \(of class)|$/m],
  // Informatica: valid data, and a value beside its kind.
  [/\b[Ee]rror data: (?=\S)/g, /$/m],
  [/\(D:(?=[^)\n]{1,400}\))/g, /\)/],
  // Django's fixtures, and Entity Framework's keys.
  [/\(pk=(?=[^)\n]{1,200}\))/g, /\)/],
  // BigQuery
  [/\bField: [^;\n]{1,160}; Value: (?=\S)/g, /$/m],
  // PostgreSQL: where in a text of JSON it could not be read on, in its languages.
  [
    /(?:\bJSON[- ]?(?:data|Daten|데이터|자료|データ|数据|資料|данные)|\b(?:[Dd]atos|[Dd]onnées|[Dd]ati|[Dd]ados) JSON|[Дд]анные JSON)[,、，] ?[^\n:：]{1,30}[:：] ?(?=\S)/g,
    /$/m,
  ],
  // Drivers and frameworks of Java
  [/\b[Ii]nvalid value for \w{2,40}\(\) - '/g, /'(?=[\s.,;)]|$)/m],
  [
    /\b(?:for|rejected|invalid|bad|wrong|illegal|unexpected|convert(?:ing)?|pars(?:e|ing)) value \[(?!null\])/gi,
    /\](?=[\s;:,.)"']|\\n|$)/m,
  ],
  [/\bDuplicate key (?=[^\n]{1,400} \(attempted merging)/g, / \(attempted|$/m],
  [/\(attempted merging values /g, /\)(?=\s|$)/m],
  // Hive and Sqoop
  [/\bwhile processing (?:row|record) (?=[{[(])/g, /$/m],
  [/\bwhile processing writable (?=\S)/g, /$/m],
  [/\bOn input: (?=\S)/g, /$/m],
  // Salesforce
  [/\bdata value too large: (?=\S)/g, / \(max length|$/m],
  // loguru below a line of the program: what each name in it stood for.
  [/^[ \t│|]{1,120}└ (?=['"{[(\d-])/gm, /$/m],
  // A row of fields between signs, behind a word for it in whatever language.
  [
    /(?:(?<![\p{L}\p{N}_])(?:(?:data|input|csv|tuple|content)(?= ?[:=])|rows?|records?|lines?|reject(?:ed|s)?|skipped|zeile|datensatz|satz|filas?|registro|línea|ligne|enregistrement|riga|linha|строк[аи]|запись)|행|레코드|데이터|자료|行|レコード|データ|记录|記錄|数据|資料)(?![\p{Ll}_])(?: ?#?\d{1,12})?(?: ?\p{L}{1,20}){0,2} ?[:：=](?! ?[<"']?(?:\/|(?:[A-Z]{3,12}|error|invalid|expected|missing|column|could|cannot)\b)) ?[<"']?(?=[^\n]{0,200}\p{L})(?=[^\n;|^\t,:="'‹]{0,80}([;|^\t])(?! )[^\n;|^\t:=‹]{0,120}\1(?! )|\d{1,12}(?:,(?! )[^\n,:=‹]{0,80},(?! )\S|, [^\n,:=‹]{1,80}, \S))/giu,
    /[">](?=\s|$)|'(?=\s*$)|$/m,
  ],
  [
    /\b(?:insert(?:ing)?|load(?:ing)?|sav(?:e|ing)|stor(?:e|ing)|writ(?:e|ing)|import(?:ing)?|updat(?:e|ing)|upsert(?:ing)?|process(?:ing)?)(?: (?:row|record|values?|tuple))? \((?=[^()\n]{0,200},[^()\n]{0,200}['"]|[^()\n]{0,200}['"][^()\n]{0,200},)/g,
    /\)/,
  ],
  [/\b(?:[Dd]ata|[Vv]alues?|[Ff]ields|[Cc]ells|[Cc]ontent): \[(?=\d{1,12}, )/g, /\]|$/m],
  [/\b(?:val|value|old|new|was)=(?=\p{Lu}\p{Ll}{1,20} \p{Lu}\p{Ll}{1,20})/gu, /(?=\s[\w.]{1,40}=|[,;)\]}|"'])|$/m],
  [/\b(?:[Rr]ow|[Rr]ecord) #?\d{1,12} \((?=[^()\n]{0,200}[;|\t][^()\n]{0,300}\))/g, /\)/],
  // A value behind its field; not a sentence about it.
  [
    /\b[Ii]nvalid value (?:for|in|of) (?:field|column|attribute|property) ["'`]?[\w.]{1,80}["'`]?: (?=[^\s"'])(?!(?:must|should|expected|not|is|cannot|can|value|null|the|a|an|no|too|it|required)\b)/g,
    /$/m,
  ],
]

/** A frame of PHP's stacks with what the function was called with. */
const frame = /^([ \t]{0,8}#\d{1,3} [^\n]{1,400}?[\w\\>:]\()([^\n]{0,2000})(\)[ \t\r]*)$/gm
const argument = /'((?:[^'\\\n]|\\.){1,400})'/g
/** What an argument may be that is no data: a path, a class, a name of something, the beginning of a statement. */
const plain =
  /^(?:[\w.:@-]*[\\/][\w\\/.:@*-]*|[a-z]+(?:_[a-z0-9]+)+|[a-z]{2,24}|[A-Z]\w{1,60}(?:Exception|Error|Command|Migration)|(?:SELECT|INSERT|UPDATE|DELETE|ALTER|CREATE|DROP|SHOW|SET|select|insert|update|delete|alter|create|drop)\b.*|\w{2,10}:host=.*|\d{1,4}|Array|NULL)$/s

/** Replaces rows and values that single tools print as they are, by tags. */
export function hideToolRows(text: string, tag: Tag): string {
  const shown = forms.reduce((so, [opens, closes]) => hideForm(so, opens, closes, tag), text)
  return hideMapped(hideArguments(shown, tag), tag)
}

function hideForm(text: string, opens: RegExp, closes: RegExp, tag: Tag): string {
  const shape = new RegExp(opens)
  let match = shape.exec(text)
  if (match === null) return text
  const bounds = createBounds(text)
  const close = new RegExp(closes.source, 'gmu')
  let done = ''
  let from = 0
  for (; match !== null; match = shape.exec(text)) {
    const start = match.index + match[0].length
    close.lastIndex = Math.max(start, findTagEnd(text, start))
    const end = Math.max(start, Math.min(close.exec(text)?.index ?? text.length, bounds.lineEnd(start)))
    const value = text.slice(start, end)
    done += text.slice(from, start) + (value === '' ? '' : tag('value', value))
    from = end
    shape.lastIndex = end
  }
  return done + text.slice(from)
}

function hideArguments(text: string, tag: Tag): string {
  if (!/#\d{1,3} /.test(text)) return text
  return text.replace(frame, (_, before: string, called: string, after: string) => {
    const shown = called.replace(argument, (found: string, value: string) =>
      plain.test(value) || isTag(value) ? found : `'${tag('value', value)}'`,
    )
    return before + shown + after
  })
}

/** GoldenGate: the record that it could not apply, a column a line between asterisks. */
function hideMapped(text: string, tag: Tag): string {
  if (!/\(target format\)|\(source format\)/.test(text)) return text
  let isIn = false
  return text
    .split('\n')
    .map((line) => {
      if (/^\s*\*\s*$/.test(line)) {
        isIn = !isIn
        return line
      }
      const [, before = '', value = ''] =
        (isIn && /^(\s{0,8}[\w$#]{1,128}(?: \([^)]{1,40}\))? = )(.*\S)\s*$/.exec(line)) || []
      return before === '' || isTag(value) ? line : before + tag('value', value)
    })
    .join('\n')
}
