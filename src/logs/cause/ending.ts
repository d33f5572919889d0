/** Bytes of a log's end that are looked at. */
const length = 4_096
/** Lines of it that may say how all went. */
const most = 8

const good =
  /\b(?:success(?:ful(?:ly)?)?|succeeded|completed?|finished|done|all (?:tables|migrations|steps) (?:are |were )?(?:loaded|applied|done)|up to date|now at version|started in \d|listening (?:on|at)|\d{1,5} migrations? (?:were |was )?applied)\b|성공|완료|成功|完了|完成|erfolgreich|réussi|éxito|успешно/i
/** What is said of a whole that went well; steps within it are done and complete too. */
const plain =
  /\bsuccess(?:ful(?:ly)?)?\b|\bsucceeded\b|\bup to date\b|\b0 errors\b|\bPASS=\d+ .{0,40}\bERROR=0\b|\b(?:task|job|migration|load|import|export|replication|restore|upgrade)s? (?:is |has |was )?(?:finished|completed?|done)\b|\btotal\b.{0,40}[✓✔]|성공|成功|erfolgreich|réussi|éxito|успешно/i
const bad =
  /\b(?:unsuccessful\w{0,2}|fail(?:ed|ure|s)?|errors?|abort(?:ed)?|fatal|exception|not (?:be )?completed?|incomplete)\b/i
const none =
  /\b(?:no|0|without(?:\sany)?|zero) (?:\w{1,20} )?(?:errors?|failures?|failed)\b|\b(?:errors?|fail(?:ed|ures?)|rejected)(?: count)?["'\\]{0,3}\s?[:=]?\s?(?:0\b|\[\]|null|none|false)/gi

/** Keeps the end of a log, where it says how all went. */
export function createEnding() {
  let chunks: Buffer[] = []
  let size = 0

  /** The last whole lines, so many at most as are kept. */
  function listLast(lines: number): readonly string[] {
    const all = Buffer.concat(chunks).subarray(-length).toString('utf8').split('\n')
    if (all.at(-1) === '') all.pop()
    return lines > 0 ? all.slice(-lines) : []
  }

  return {
    push(chunk: Buffer): void {
      // A copy: a piece of a buffer would hold all of it.
      const last = Buffer.from(chunk.subarray(-length))
      chunks.push(last)
      size += last.length
      if (size < 16 * length) return
      chunks = [Buffer.concat(chunks).subarray(-length)]
      size = length
    },
    /**
     * Whether some of the last lines, so many at most, say that all went well, and none of them that something did not.
     * `inPlainWords`: only words count that no step says of itself.
     */
    isGood(lines: number, inPlainWords = false): boolean {
      const last = listLast(Number.POSITIVE_INFINITY)
        .filter((line) => line.trim() !== '')
        .slice(-Math.max(1, Math.min(most, lines)))
      const isWell = last.some((line) => plain.test(line) || (!inPlainWords && good.test(line)))
      return isWell && !last.some(isBad)
    },
    listLast,
    isCalm: (lines: number): boolean => !listLast(lines).some(isBad),
  }
}

/** A step that went well may be named after what it is about: `Applying errors.0004_reports... OK`. */
function isBad(line: string): boolean {
  return !/\.{2,} ?(?:OK|ok|done|DONE)\s*$/.test(line) && bad.test(line.replace(none, ' '))
}
