import { findConversation, type State } from '../state.ts'
import type { Block } from '../workspace.ts'
import { describeBlocks } from './describe-blocks.ts'

/** A conversation as people read it: one line for each message, its blocks below, replies indented, privates marked. */
export function writeTranscript(state: State, channel: string): string {
  const found = findConversation(state, channel)
  if (!found) return `(no conversation ${channel})`
  const messages = state.messages.filter((one) => one.channel === found.id)
  const privates = state.ephemerals.filter((one) => one.channel === found.id)
  const roots = [...messages.filter((one) => !one.threadTs), ...privates.filter((one) => !one.threadTs)]
  const lines = roots.sort(byTime).flatMap((root) => [
    ...writeEntry(state, root, ''),
    ...[...messages, ...privates]
      .filter((one) => one.threadTs === root.ts)
      .sort(byTime)
      .flatMap((reply) => writeEntry(state, reply, '    ')),
  ])
  return [`#${found.name}`, ...lines].join('\n')
}

interface Entry {
  readonly ts: string
  readonly user: string
  readonly text: string
  readonly blocks: readonly Block[]
  readonly byBot?: boolean
  readonly edits?: number
  readonly files?: readonly string[]
}

function writeEntry(state: State, entry: Entry, indent: string): string[] {
  const time = new Date(Number(entry.ts) * 1000).toISOString().slice(11, 19)
  const name = state.workspace.users.find((user) => user.id === entry.user)?.name ?? state.workspace.bot.name
  const who = entry.byBot === undefined ? `(only ${name})` : name
  const edited = entry.edits ? ` (edited ${entry.edits} times)` : ''
  const files = (entry.files ?? []).map((id) => `${indent}  📄 ${state.files.get(id)?.name ?? id}`)
  const blocks = describeBlocks(entry.blocks).map((line) => `${indent}  | ${line}`)
  return [`${indent}${time} ${who}: ${entry.text}${edited}`, ...blocks, ...files]
}

function byTime(one: { ts: string }, other: { ts: string }): number {
  return one.ts < other.ts ? -1 : 1
}
