import type { CommandHint, PageState } from '../../slack/page/wire.ts'

/** One thing that could be meant; `insert` replaces the text between `from` and the caret. */
export interface Suggestion {
  readonly key: string
  readonly title: string
  /** What follows the title, such as a command's arguments. */
  readonly usage: string
  readonly summary: string
  readonly insert: string
}

/** What fits what has been typed before the caret. */
export interface Suggestions {
  readonly from: number
  readonly list: readonly Suggestion[]
}

type Known = Pick<PageState, 'users' | 'userGroups' | 'bot'>

const slash = '/recover'
const nothing: Suggestions = { from: 0, list: [] }

/** Suggestions for the text before the caret: commands after the slash or the app's name, people after an at sign. */
export function suggest(before: string, commands: readonly CommandHint[], known: Known): Suggestions {
  const opening = /^\/\w*$/.test(before) && slash.startsWith(before.toLowerCase())
  if (opening && before !== slash) return { from: 0, list: [offerSlash(known)] }
  const word = findCommandWord(before, known.bot.name)
  if (word !== undefined) {
    const found = matchCommands(word, commands)
    // A command typed to its end needs no help with its name, unless another one goes on from there.
    const isWhole = found[0]?.name === word && !found[1]?.name.startsWith(word)
    return isWhole ? nothing : { from: before.length - word.length, list: found.map(describeCommand) }
  }
  const mention = /(?:^|[\s(])@([\w-]*)$/.exec(before)?.[1]
  if (mention === undefined || before.startsWith('/')) return nothing
  return { from: before.length - mention.length - 1, list: matchPeople(mention, known) }
}

/** How to go on with the command whose name stands already; undefined elsewhere. */
export function explainCommand(
  text: string,
  commands: readonly CommandHint[],
  botName: string,
): CommandHint | undefined {
  const name = new RegExp(`^(?:${slash}|@${botName})\\s+([\\w-]+)(?=\\s|$)`).exec(text)?.[1]
  return commands.find((one) => one.name === name)
}

/** Commands for a half typed word: the very name, names that begin so, then names that contain it, then summaries that do. */
export function matchCommands(word: string, commands: readonly CommandHint[]): CommandHint[] {
  const wanted = word.toLowerCase()
  const rank = ({ name, summary }: CommandHint) => {
    if (name === wanted) return 0
    if (name.startsWith(wanted)) return 1
    if (name.includes(wanted)) return 2
    return wanted.length > 2 && summary.toLowerCase().includes(wanted) ? 3 : 4
  }
  return commands
    .map((one) => ({ one, rank: rank(one) }))
    .filter((one) => one.rank < 4)
    .toSorted((one, other) => one.rank - other.rank)
    .map(({ one }) => one)
}

/** The half typed command: after the slash command, or after the app's name at the beginning. */
function findCommandWord(before: string, botName: string): string | undefined {
  return new RegExp(`^(?:${slash}|@${botName})\\s+([\\w-]*)$`).exec(before)?.[1]
}

function offerSlash({ bot }: Known): Suggestion {
  return { key: slash, title: slash, usage: 'command', summary: `Ask ${bot.name} to do something`, insert: `${slash} ` }
}

function describeCommand({ name, usage, summary }: CommandHint): Suggestion {
  const rest = usage.startsWith(name) ? usage.slice(name.length).trim() : usage
  return { key: name, title: name, usage: rest, summary, insert: `${name} ` }
}

function matchPeople(typed: string, { users, userGroups, bot }: Known): Suggestion[] {
  const wanted = typed.toLowerCase()
  const people = [
    { name: bot.name, about: 'App' },
    ...users.map((one) => ({ name: one.name, about: one.realName })),
    ...userGroups.map((one) => ({ name: one.handle, about: 'Group' })),
  ]
  return people
    .filter(({ name }) => name.toLowerCase().startsWith(wanted))
    .map(({ name, about }) => ({ key: `@${name}`, title: `@${name}`, usage: '', summary: about, insert: `@${name} ` }))
}
