import { quoteWord } from '../../domain/quote-word.ts'
import type { RecoveryPlan } from '../../domain/recovery-plan.ts'
import { disarm } from '../../domain/text.ts'

/** A block of commands as Markdown. A fence longer than any inside keeps what the plan says from breaking out of it. */
export function writeBlock(language: string, lines: readonly string[]): string {
  const text = lines.join('\n')
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${disarm(text)}\n${fence}`
}

/** Argv as a person types it: quoted where the shell would take it apart, `${NAME}` left for the shell to fill in. */
export function writeArgv(argv: readonly string[]): string {
  return argv.map(writeWord).join(' ')
}

/** Argv where it has to run: over ssh and with the host's way to more rights, when the plan names a host. */
export function writeArgvOn(plan: RecoveryPlan, host: string | undefined, argv: readonly string[]): string {
  const there = host === undefined ? undefined : plan.hosts[host]
  if (!there) return writeArgv(argv)
  return `ssh ${writeWord(there.ssh)} ${writeWord(writeArgv([...(there.become ?? []), ...argv]))}`
}

function writeWord(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word
  if (/^[\w@%+=:,./ ${}-]+$/.test(word) && word.includes('${')) return `"${word}"`
  return quoteWord(word)
}

/** A variable or address of the plan as the shell takes it: `${NAME}` becomes `"$NAME"`. */
export function writeAddress(address: string): string {
  const variable = /^\$\{(\w+)\}$/.exec(address)?.[1]
  return variable === undefined ? writeWord(address) : `"$${variable}"`
}

/** Words of the plan inside a sentence or a table: nothing in them becomes Markdown. */
export function writeWords(text: string): string {
  return text.replace(/[\\`*_[\]<>|#]/g, (sign) => `\\${sign}`).replace(/\s+/g, ' ')
}
