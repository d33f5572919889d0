import type { RecoveryPlan } from '../../domain/recovery-plan.ts'
import type { AnyCommand } from '../define-command.ts'
import { failSystem, failUsage, listSystems, type SystemKind } from './problems.ts'
import type { RawParams } from './read-flags.ts'
import { bareWord, joinText, type Token } from './split-words.ts'

type WordSpec = AnyCommand['syntax']['words'][number]

/** Reads the words that are no flags in the order that the command declares. */
export function readPositional(command: AnyCommand, tokens: readonly Token[], plan: RecoveryPlan): RawParams {
  const left = [...tokens]
  const values: RawParams = {}
  for (const spec of command.syntax.words) {
    const value = takeWord(command, spec, left, plan)
    if (value !== undefined) values[spec.name] = value
    else if (!spec.optional) throw failUsage(command, describeMissing(command, spec, plan))
  }
  if (left.length > 0) {
    throw failUsage(command, `I do not know what "${joinText(left).slice(0, 60)}" is for in ${command.name}.`)
  }
  return values
}

function takeWord(command: AnyCommand, spec: WordSpec, left: Token[], plan: RecoveryPlan): string | undefined {
  switch (spec.takes) {
    case 'text':
      return joinText(left.splice(0)) || undefined
    case 'job':
      return takeJob(left)
    case 'person':
      return takeBare(left)?.replace(/^@/, '')
    case 'word':
      return takeBare(left)
    case 'system':
      return takeSystem(command, spec, left, plan, 'postgres')
    case 'service':
      return takeSystem(command, spec, left, plan, 'service')
  }
}

function takeBare(left: Token[]): string | undefined {
  const word = left.shift()
  return word && bareWord(word.text)
}

/** `restore-3`, `Restore-3`, `restore 3`, `restore #3`. */
function takeJob(left: Token[]): string | undefined {
  const word = takeBare(left)?.toLowerCase()
  const number = /^#?(\d+)$/.exec(bareWord(left[0]?.text ?? ''))
  if (word === undefined || !number || !/^[a-z]+(-[a-z]+)*$/.test(word) || word === 'all') return word
  left.shift()
  return `${word}-${number[1]}`
}

function takeSystem(
  command: AnyCommand,
  spec: WordSpec,
  left: Token[],
  plan: RecoveryPlan,
  kind: SystemKind,
): string | undefined {
  const known = listSystems(plan, kind)
  const said = left[0] && bareWord(left[0].text)
  const name = said?.toLowerCase()
  if (name !== undefined && known.includes(name)) {
    left.shift()
    return name
  }
  const only = known.length === 1 && !spec.optional && !spec.named ? known[0] : undefined
  if (said === undefined) return only
  // A word that is no system may belong to the next place (`fix widen-phone`), if there is one.
  if (only !== undefined && command.syntax.words.at(-1) !== spec && !Object.hasOwn(plan.systems, name ?? ''))
    return only
  throw failSystem(command, plan, said, kind)
}

function describeMissing(command: AnyCommand, spec: WordSpec, plan: RecoveryPlan): string {
  if (spec.takes !== 'system' && spec.takes !== 'service') return `${command.name} needs <${spec.name}>.`
  const known = listSystems(plan, spec.takes === 'system' ? 'postgres' : 'service')
  if (known.length === 0)
    return `The plan has no ${spec.takes === 'system' ? 'database' : 'service'} to ${command.name}.`
  return `Which ${spec.name}? Say ${known.map((name) => `\`${command.name} ${name}\``).join(' or ')}.`
}
