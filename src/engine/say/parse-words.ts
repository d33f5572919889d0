import type { z } from 'zod'
import type { RecoveryPlan } from '../../domain/recovery-plan.ts'
import type { AnyCommand } from '../define-command.ts'
import { normalise } from './normalise.ts'
import { failUnknownCommand, failUsage } from './problems.ts'
import { type RawParams, readFlags } from './read-flags.ts'
import { readPositional } from './read-positional.ts'
import { bareWord, splitWords } from './split-words.ts'

/** What somebody's words mean. */
export interface ParsedWords {
  readonly command: AnyCommand
  /** As the command's zod schema answered them. */
  readonly params: unknown
  /** The words for people to read again: normalised, without the mention in front. */
  readonly words: string
  /** `--incident 7`, else null. */
  readonly incidentFlag: number | null
}

/**
 * Makes a typed request of words. `given` holds params that a button or a modal carries beside its words; they
 * win over what was typed. Throws SalvorError only: command_unknown, command_usage, system_unknown, system_kind, time_unreadable.
 */
export function parseWords(
  text: string,
  commands: readonly AnyCommand[],
  plan: RecoveryPlan,
  now: Date,
  given: RawParams = {},
): ParsedWords {
  const words = unwrap(dropAddress(unwrap(normalise(text), commands)), commands)
  const [first, ...tokens] = splitWords(words === '' ? 'help' : words)
  const name = bareWord(first?.text ?? '').toLowerCase()
  const command = commands.find((candidate) => candidate.name === name)
  if (!command)
    throw failUnknownCommand(
      [first, ...tokens].flatMap((one) => one?.text ?? []),
      commands,
    )
  const flags = readFlags(command, tokens, plan.timezone, now)
  const positional = readPositional(command, flags.rest, plan)
  const checked = command.params.safeParse({ ...positional, ...flags.values, ...given })
  if (!checked.success) throw failUsage(command, describeIssue(checked.error))
  return { command, params: checked.data, words: words === '' ? 'help' : words, incidentFlag: flags.incident }
}

/** `@U0SALVOR restore …`, `/recover restore …` and `salvor restore …` all say the same. */
function dropAddress(text: string): string {
  return text.replace(/^(?:(?:@\S+|\/?recover|\/?salvor)(?: |$))+/i, '')
}

/** Cards print commands in backticks, and people copy them with what stands around: `…`, *…*, "…", and a full stop. */
function unwrap(text: string, commands: readonly AnyCommand[]): string {
  const found = /^(```|`|\*{1,2}|_{1,2}|~|"|')([^`"]*)\1[.?!]*$/.exec(text)
  const inner = found?.[2]?.trim() ?? ''
  const [first = ''] = dropAddress(inner).split(' ')
  return commands.some(({ name }) => name === bareWord(first).toLowerCase()) ? inner : text
}

function describeIssue(error: z.ZodError): string {
  const [issue] = error.issues
  const message = issue?.message ?? 'that does not fit'
  const where = message.startsWith('--') ? '' : issue?.path.join('.')
  return `${where ? `${where}: ` : ''}${message}.`
}
