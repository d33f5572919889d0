import { findCodes } from '../codes/find-codes.ts'
import type { ParsedLine } from '../formats/format.ts'
import { callsItselfError } from './error-words.ts'
import { dropNames } from './names.ts'

/** What a log repeats of something else: its words are not the log's own. */
const repeated: readonly RegExp[] = [
  // An echoed statement.
  /^\s*(?:[\w-]{1,60}[=*!(-]{0,2}[#>] ?)?(?:SET|CREATE|ALTER|DROP|INSERT|UPDATE|DELETE|SELECT|COPY|GRANT|REVOKE|COMMENT|BEGIN|COMMIT|DO|TRUNCATE|ANALYZE|VACUUM|LOCK|WITH|MERGE|DECLARE|RESET|SHOW|USE|EXPLAIN)\b(?=.{0,2000}(?:;\s*$| (?:TABLE|INDEX|INTO|FROM|ON|TO|VIEW|FUNCTION|SCHEMA|TYPE|SEQUENCE|TRIGGER|EXTENSION|COLUMN|CONSTRAINT|ROLE)\b)|(?: [A-Z]+){0,3}(?: \d+){0,2}\s*$)/,
  // A comment, a line of a diff or of a shell's trace.
  /^\s*(?:--|\/\/|\/\*|#(?!\d)|::|REM )\s?/,
  /^\s*(?:\+{1,4}|>{1,3}|%) \S|^yarn run |^> /,
  // A change that was applied, by its name, and how long it took.
  /^\s*(?:Applied|Applying|Migrated|Reverted|Ran|OK)\b.{1,200}\(?[\d.]{1,12}\s?(?:ms|s|µs)\)?(?: DONE)?\s*$/,
  // A row of data: fields between bars or tabs.
  /^\s*[^\s|]{1,60}\s{0,20}[|\t](?:[^|\t]{0,300}[|\t]){1,60}|^\s*\d{1,12}[|;\t,]/,
  // The head of a table.
  /^\s{0,60}(?:[A-Za-z]\w{0,30}(?: \w{1,30})?\s{2,40}){3,12}[A-Za-z]\w{0,30}(?: \w{1,30})?\s*$/,
  // Tests that passed.
  /^\s*(?:ok \d{1,6}\b|# (?:tests|pass|fail|skip|todo)\b)/,
  // What was checked, and that it is well: `failed backups: OK (there are 0 failed backups)`.
  /^\s*[A-Za-z][^:=\n]{1,80}(?:: |\.{2,80} ?)(?:OK|PASS(?:ED)?|ok|✓|✔)(?![\w'])/,
  // The same of a table, in columns.
  /^\s*[\w$-]{1,64}\.[\w$-]{1,64}\s{2,80}(?:OK|ok)\s*$/,
  // How many errors there were, and that it were none.
  /(?:エラー|错误|錯誤|오류|실패|失敗|失败)(?:数|件数|건수|行数)?\s?[:：は]?\s?0\s?(?:件|건|行|个|個|개)?\s?[)）。.]{0,2}\s*$/,
  // A setting with its value, and nothing else.
  /^\s*(?:[-*] )?["']?(?!(?:\w{0,40}(?:error|exception|fail(?:ed|ure)?)|err|fatal|reason|cause|message|msg|warning|panic|\w{0,20}code|sql_?state|errno|\w{0,20}number|abort(?:ed)?|details?|status)\b)[A-Za-z][\w.-]{1,80}["']?\s?[:=]\s?(?:"[^"]{0,200}"|'[^']{0,200}'|[^\s:]{0,200}),?\s*$/i,
]

/** What somebody typed at a shell: whatever stands in it, it is no answer. */
const typed = /^\s*\$ [\w./~-]/

/** A step that is being done, or went well. */
const steps: readonly RegExp[] = [
  // A count of a summary, set in a column: `Not allowed to run:           1`.
  /^\s*[A-Z][\w ()'-]{2,60}:\s{2,40}\d{1,12}\s*$/,
  /(?:^|[\s.:[(])(?:OK|ok|Ok|DONE|Done|done|PASS(?:ED)?|passed|success(?:ful(?:ly)?)?|succeeded|complete[d]?|applied|migrated|skipped|up to date)[\])]?(?:\s?[([]?[\d.,:]{1,20}\s?m?s(?:ec(?:onds?)?)?[)\]]?)?[.!✓✔]{0,3}\s*$/,
  /^\s*(?:[\d:.-]{5,30}\s{1,3})?(?:\d{1,6} of \d{1,6} )?[[(]?(?:OK|PASS|✓|✔|SUCCESS|ok)(?![\w'])/,
  /^== .{1,200}: (?:migrat|revert)(?:ing|ed)\b/,
  // `Applying …`, `creating …`, `Ran …`.
  /^\s*(?:[-*=>•·~]{1,4} )?(?:(?!(?:warn|miss|exit|giv|abort|fail|stopp|cancel|abend|noth|str|cont)ing\b)[a-z]{2,20}ing|Ran|Run|Applied|Executed|Created|Loaded|Imported|Exported|Copied|Migrated|Reverted|Finished|Completed|Started|Added|Dropped|Restored|Dumped|Read|Wrote|Inserted|Updated|Found|Using|Step|Task|Phase|Checked|Verified|Successfully)\b/i,
]

/** What contradicts even a text that is only repeated: it came onto the same line. */
const loud =
  /\b(?:ERROR|FATAL|PANIC|SEVERE|CRITICAL|Error|error|fatal|FAILED|failed): {1,2}\S|(?:^|[\s|[])(?:ERROR|FATAL|SEVERE|CRITICAL|PANIC)(?=[\s|\]])|\w{2}Exception\b|\b(?:ORA|SP2|PLS)-\d{4}/

/**
 * Whether a line is of a form that tells of no failure whatever words and names it holds: an echoed statement, a row, a
 * setting, a step that is done. Never one that calls itself an error or bears a code.
 */
export function isCalmForm({ level, text, part }: ParsedLine): boolean {
  if (part === 'detail' || level === 'error' || level === 'fatal' || level === 'warn') return false
  if (typed.test(text)) return true
  const head = text.length > 2_000 ? text.slice(0, 2_000) : text
  const isRepeated = repeated.some((form) => form.test(head))
  if (!isRepeated && !steps.some((form) => form.test(head))) return false
  if (isRepeated ? loud.test(head) : callsItselfError(dropNames(head.replace(/"[^"]{0,200}"/g, 'x')))) return false
  return !findCodes(head).some(({ weight }) => weight === 3)
}
