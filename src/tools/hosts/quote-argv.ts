/**
 * argv as one text for a remote POSIX shell: OpenSSH joins its words with spaces and gives them to the login shell.
 * Every word stands in single quotes, in which nothing has a meaning but the quote itself.
 */
export function quoteArgv(argv: readonly string[]): string {
  return argv.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ')
}
