import type { Programs } from './find-programs.ts'

/** What the programs are wanted for; tests also want sshd, but run (and skip) without it; tests of the page a browser. */
export const purposes = ['sandbox', 'test', 'page'] as const
export type Purpose = (typeof purposes)[number]

/** A program that is missing and how each package manager calls it. */
export type Missing = { program: string; apt: string; brew: string; optional: boolean }

/** Names what is missing for the purpose, in the order in which it is installed. */
export function listMissing(found: Programs, purpose: Purpose): Missing[] {
  const missing: Missing[] = []
  if (found.postgresBin === undefined)
    missing.push({ program: 'PostgreSQL', apt: 'postgresql', brew: 'postgresql@17', optional: false })
  if (found.redisServer === undefined)
    missing.push({ program: 'redis-server', apt: 'redis-server', brew: 'redis', optional: false })
  // macOS ships sshd, and the tests that need it need Linux namespaces anyway.
  if (purpose === 'test' && found.sshd === undefined && process.platform === 'linux')
    missing.push({ program: 'sshd', apt: 'openssh-server', brew: 'openssh', optional: true })
  if (purpose === 'test' && found.pgbackrest === undefined)
    missing.push({ program: 'pgbackrest', apt: 'pgbackrest', brew: 'pgbackrest', optional: true })
  if (purpose === 'page' && found.chromium === undefined)
    missing.push({ program: 'Chromium', apt: 'chromium', brew: 'chromium', optional: false })
  if (purpose === 'page' && found.emojiFont === undefined)
    missing.push({
      program: 'a font with emoji',
      apt: 'fonts-noto-color-emoji',
      brew: 'font-noto-color-emoji',
      optional: true,
    })
  return missing
}
