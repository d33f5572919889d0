import { z } from 'zod'
import type { CardRow } from '../src/domain/card.ts'
import { SalvorError } from '../src/domain/errors/fail.ts'
import { findLikely } from '../src/domain/nearest.ts'
import { defineCommand } from '../src/engine/define-command.ts'

export const help = defineCommand({
  name: 'help',
  usage: 'help [command]',
  summary: 'Lists what you may run, or says how one command works.',
  examples: ['help', 'help restore'],
  syntax: { words: [{ name: 'command', takes: 'word', optional: true }], flags: {} },
  params: z.strictObject({ command: z.string().toLowerCase().optional() }),
  right: () => ({ kind: 'anyone' }),
  handle: async ({ commands, allCommands }, { command }) => {
    if (command === undefined) {
      const rows = commands.map((one): CardRow => ({ kind: 'text', text: `\`${one.usage}\`\n${one.summary}` }))
      const headline = 'What you may run'
      return { kind: 'private', card: { headline, rows, buttons: [], fallback: headline } }
    }
    const found = allCommands.find((one) => one.name === command)
    if (!found) {
      const names = allCommands.map((one) => one.name)
      throw new SalvorError('command_unknown', { word: command, nearest: findLikely(command, names) ?? 'help' })
    }
    const mayNot = commands.includes(found) ? [] : [{ kind: 'text' as const, text: notYours }]
    const rows: CardRow[] = [
      { kind: 'text', text: found.summary },
      ...mayNot,
      { kind: 'code', text: found.examples.join('\n') },
    ]
    return { kind: 'private', card: { headline: found.usage, rows, buttons: [], fallback: found.summary } }
  },
})

/** How it works is no secret; who may run it is what the plan says. */
const notYours = 'You may not run it now: the plan gives you no role for it. `brief` says where it stands.'
