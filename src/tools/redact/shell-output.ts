import { hidden } from './hidden.ts'
import { nameBefore, secretName } from './secret-names.ts'
import { isTag, type Tag } from './tag.ts'

/** Prompts of sh and its kin, of Windows' two, and what stands there for one in what people paste. */
const prompt = String.raw`(?:\([^)\n]{1,40}\) )?(?:[\w.-]{1,64}@[\w.-]{1,64}[^\n$#%>]{0,120}[$#%>] ?|\[[^\]\n]{1,120}\][$#] ?|(?:bash|sh|zsh|ksh)(?:-[\d.]{1,8})?[$#%] |[$%❯➜] |(?:PS )?[A-Za-z]:\\[^>\n]{0,200}> ?|PS [^>\n]{0,120}> ?)`
const prompted = new RegExp(`^${prompt}`)
const commanded = new RegExp(`^${prompt}(?=\\S)(?<command>[^\\n]{1,1000})$`)

/** Programs that print lines of a file, and files that hold rows. Logs and statements are read by other forms. */
const printsRows =
  /^(?:sudo )?(?:cat|zcat|gzcat|bat|type|more|less|nl|tac|head|tail|sed|awk|gawk|mawk|cut|grep|egrep|fgrep|zgrep|rg|ag|findstr|find|column|csv(?:cut|grep|look|kit)|xsv|mlr|jq|xxd|hexdump|od|\(?(?:Get-Content|gc|Select-String|sls|Import-Csv))\b(?=.*\.(?:csv|tsv|psv|txt|dat|data|del|unl|asc|prn|fixed|jsonl|ndjson|copy|bcp|ixf|bad|rej|dsc|ldif|avro|parquet|xlsx?)(?:\.(?:gz|zst|bz2|xz))?\b)/i
/** Programs that print a secret. */
const printsSecret = new RegExp(
  [
    `^(?:echo|printenv|Write-(?:Host|Output)|print)\\s.{0,40}?${nameBefore}${secretName}`,
    `^\\$\\{?(?:env:)?${nameBefore}${secretName}\\b\\}?\\s*$`,
    `^(?:env|printenv|set|export|Get-ChildItem env:)\\s?\\|\\s?(?:e?grep|findstr|sls|Select-String)\\b.{0,40}?${secretName}`,
    String.raw`^(?:sudo )?(?:cat|type|more|less|head|tail|Get-Content|gc)\s[^|\n]{0,300}?(?:\.pgpass|pgpass\.conf|\.my\.cnf|\.netrc|/run/secrets/|id_(?:rsa|ed25519|ecdsa)\b|[\w.-]{0,60}(?:password|passwd|secret|token|credential)s?(?:\.txt)?\s*$)`,
    String.raw`^(?:kubectl|oc|k)\s.{0,40}\bget secrets?\b.{0,400}(?:base64|jsonpath|-o)`,
    String.raw`^(?:vault (?:kv get|read)|pass (?:show )?\S+|op (?:read|item get)|aws (?:secretsmanager get-secret-value|ssm get-parameter)|gcloud secrets versions access|az keyvault secret show|docker secret|heroku config:get|security find-generic-password)\b`,
  ].join('|'),
  'iu',
)
/** A filter may stand behind; what reads the lines otherwise prints its own. */
const filtered =
  /^[^|>]*(?:\|\s?(?:head|tail|grep|egrep|sed|awk|cut|column|sort|uniq|tr|jq|base64|nl|less|more|cat|od|xxd|findstr)\b[^|>]*)*$/
/** What the program says of itself, and what a file of errors says beside the rows. */
const complains =
  /^(?:[\w./-]{1,40}: .{0,200}(?:No such file|cannot|can't|denied|not found|invalid)|The system cannot find|Error from server|#@ Row|(?:In database|could not|.{0,120}?\bERROR): ?)|^could not /i

/** Lines of one output that are looked at. */
const MOST_LINES = 400

/** Rows of a file that somebody printed between the tool's lines. */
export function hideShellRows(text: string, tag: Tag): string {
  return mapOutput(text, printsRows, (line) => {
    if (isTag(line)) return line
    // Without its number, which says nothing of a person.
    const [number = ''] = /^\d{1,9}[:：]/.exec(line) ?? []
    const row = line.slice(number.length)
    return isTag(row) ? line : number + tag('row', row)
  })
}

/** Secrets that somebody printed between the tool's lines. */
export function hideShellSecrets(text: string, onSecret: (secret: string) => void): string {
  return mapOutput(text, printsSecret, (line) => {
    if (line.trim() === hidden) return line
    const word = line.trim()
    if (/^\S{6,200}$/.test(word)) onSecret(word)
    return hidden
  })
}

/** The lines between a command that prints so and the next prompt, or the first line that is empty. */
function mapOutput(text: string, prints: RegExp, change: (line: string) => string): string {
  if (!/[$#%>❯➜]/.test(text)) return text
  let left = 0
  const lines = text.split('\n').map((line) => {
    const command = line.length > 1_400 ? undefined : commanded.exec(line)?.groups?.command
    if (command !== undefined || prompted.test(line)) {
      left = command !== undefined && prints.test(command) && filtered.test(command) ? MOST_LINES : 0
      return line
    }
    if (line.trim() === '') left = 0
    if (left === 0 || complains.test(line)) return line
    left -= 1
    return change(line)
  })
  return lines.join('\n')
}
