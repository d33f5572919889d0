/** A word for a POSIX shell: in single quotes, in which nothing has a meaning but the quote itself. */
export function quoteWord(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`
}
