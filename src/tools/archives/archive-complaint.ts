import { SalvorError } from '../../domain/errors/fail.ts'

/** What pg_restore prints about an archive, by signature. The first that matches counts. */
const signatures: readonly [RegExp, (seen: string, backup: string) => SalvorError][] = [
  [/text format dump/i, (_seen, backup) => new SalvorError('archive_plain_sql', { backup })],
  [/unsupported version/i, (seen, backup) => new SalvorError('archive_newer', { backup, seen })],
  [
    /too short|does not appear to be a valid|not a valid archive|no such file or directory.*toc\.dat|toc\.dat.*does not exist/i,
    (seen, backup) => new SalvorError('archive_not_one', { backup, seen }),
  ],
  [
    /could not open input file|could not open file|could not open large object|No such file/i,
    (seen, backup) => new SalvorError('archive_corrupt', { backup, seen: `a file of it is missing (${seen})` }),
  ],
  [
    /end of file|unexpected end|could not find block ID|could not read from input file(?!: (?!end|unexpected end|Success))/i,
    (_seen, backup) => new SalvorError('archive_truncated', { backup }),
  ],
  [
    /could not read from input file|could not uncompress|incorrect data check|invalid (?:block|stored|distance|code|literal|bit)|corrupt|unrecognized|unexpected|incorrect header check|crc|checksum|could not decompress|entry ID|out of range/i,
    (seen, backup) => new SalvorError('archive_corrupt', { backup, seen }),
  ],
]

/** The catalogue's error for what pg_restore said of an archive; undefined if it is not about the archive. */
export function nameArchiveComplaint(stderr: string, backup: string): SalvorError | undefined {
  const seen = firstError(stderr)
  return signatures.find(([pattern]) => pattern.test(stderr))?.[1](seen, backup)
}

/** Says where pg_restore was, not what happened; workers write at once, so it may stand behind another's `error:`. */
const WHEREABOUTS = /while (?:INITIALIZING|PROCESSING TOC|FINALIZING):\s*$/

/** The first error line without the program's name; DETAIL and CONTEXT lines, which may hold rows, are left out. */
export function firstError(stderr: string): string {
  const lines = stderr
    .trim()
    .split('\n')
    .filter((one) => !WHEREABOUTS.test(one))
  const line = lines.find((one) => /error:|ERROR:|FATAL:/.test(one)) ?? lines[0] ?? ''
  return (
    line
      .replace(/^.*?error: /, '')
      .replace(/^could not execute query: /, '')
      .slice(0, 300) || 'no message'
  )
}
