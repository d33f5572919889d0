import { SalvorError } from '../../domain/errors/fail.ts'
import { findLikely, findNearest, nameKnown } from '../../domain/nearest.ts'
import type { RecoveryPlan } from '../../domain/recovery-plan.ts'
import type { AnyCommand } from '../define-command.ts'
import { bareWord } from './split-words.ts'

/** Words that do not fit a command: what is wrong, with the usage as hint. */
export function failUsage(command: AnyCommand, problem: string): SalvorError {
  return new SalvorError('command_usage', { problem, usage: command.usage })
}

/** Words before a command that people say to be polite, at most so many. */
const POLITE = 3

/**
 * A first word that is no command: the same words from the command on, where one stands among the first; the same words
 * with the nearest command in its place; or the usage of the nearest one.
 */
export function failUnknownCommand(words: readonly string[], commands: readonly AnyCommand[]): SalvorError {
  const [word = '', ...rest] = words
  const names = commands.map((command) => command.name)
  const meant = words.slice(0, POLITE + 1).findIndex((one) => names.includes(bareWord(one).toLowerCase()))
  const likely = findLikely(word, names)
  const nearest =
    meant > 0
      ? [bareWord(words[meant] ?? '').toLowerCase(), ...words.slice(meant + 1)].join(' ')
      : likely !== undefined && rest.length > 0
        ? [likely, ...rest].join(' ')
        : commands.find((command) => command.name === likely)?.usage
  return new SalvorError('command_unknown', { word: word.slice(0, 40), nearest: nearest?.slice(0, 200) ?? 'help' })
}

/** A flag that the command does not have; names the nearest that it has. */
export function failUnknownFlag(command: AnyCommand, flag: string, known: readonly string[]): SalvorError {
  const nearest = findNearest(flag, known)
  const meant = nearest === undefined ? '' : `; the nearest is --${nearest}`
  return failUsage(command, `${command.name} has no --${flag.slice(0, 40)}${meant}.`)
}

export type SystemKind = 'postgres' | 'service'

/** A system that the plan does not have, or one of the other kind. */
export function failSystem(command: AnyCommand, plan: RecoveryPlan, said: string, kind: SystemKind): SalvorError {
  const names = nameKnown(said, listSystems(plan, kind))
  const found = Object.hasOwn(plan.systems, said.toLowerCase()) ? plan.systems[said.toLowerCase()] : undefined
  if (found === undefined) return new SalvorError('system_unknown', { system: said.slice(0, 40), ...names })
  const kinds = { kind: nameKind(found.kind), wanted: nameKind(kind) }
  return new SalvorError('system_kind', { system: said, command: command.name, known: names.known, ...kinds })
}

/** Names of the plan's systems of one kind, in the plan's order. */
export function listSystems(plan: RecoveryPlan, kind: SystemKind): string[] {
  return Object.entries(plan.systems)
    .filter(([, system]) => system.kind === kind)
    .map(([name]) => name)
}

function nameKind(kind: SystemKind): string {
  return kind === 'postgres' ? 'database' : 'service'
}
