import { quoteWord } from '../../domain/quote-word.ts'

/**
 * argv as one text for a remote POSIX shell: OpenSSH joins its words with spaces and gives them to the login shell.
 */
export function quoteArgv(argv: readonly string[]): string {
  return argv.map(quoteWord).join(' ')
}
