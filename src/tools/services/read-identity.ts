/** A line that a program says about itself and not about the service. */
const aside = /^\W*(warn(ing)?|notice|info|debug|error|deprecat\w*|note|경고|참고)\b|\bWARN(ING)?\b|is deprecated/i

/** `pid 4711`, `"pid": 4711`, `MainPID=4711`, `process 4711`. */
const named = /(?:\bpid|MainPID|\bprocess(?: id)?)["']?\s*[:=#]?\s*["']?([1-9]\d*)\b/i

/** Words for how long something runs: such a line is another one at every look. */
const changing = /\bup ?time\b|\bup\s+\d|\bago\b|\bsince\b|\belapsed\b|\brunning for\b|\bcpu\b|\bmem(ory)?\b/i

/**
 * What of an `identity` command's lines names the process: a line that is a number alone, else the one that names a
 * process id, of which only the id counts where it also tells how long it runs; else the first line that is no warning.
 * Null where nothing was printed.
 */
export function readIdentity(lines: readonly string[]): string | null {
  const told = lines.map((line) => line.trim()).filter((line) => !aside.test(line) || named.test(line))
  const alone = told.find((line) => /^[1-9]\d*$/.test(line))
  if (alone !== undefined) return alone
  const [first] = told
  if (first !== undefined && !changing.test(first) && !told.some((line) => changing.test(line))) return first
  const line = told.find((one) => named.test(one))
  return line === undefined ? (first ?? lines[0]?.trim() ?? null) : `pid ${named.exec(line)?.[1]}`
}
