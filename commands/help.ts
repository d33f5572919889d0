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
  handle: async ({ commands }, { command }) => {
    if (command === undefined) {
      const rows = commands.map((one): CardRow => ({ kind: 'text', text: `\`${one.usage}\`\n${one.summary}` }))
      const headline = 'What you may run'
      return { kind: 'private', card: { headline, rows, buttons: [], fallback: headline } }
    }
    const found = commands.find((one) => one.name === command)
    if (!found) {
      const names = commands.map((one) => one.name)
      throw new SalvorError('command_unknown', { word: command, nearest: findLikely(command, names) ?? 'help' })
    }
    const rows: CardRow[] = [
      { kind: 'text', text: found.summary },
      { kind: 'code', text: found.examples.join('\n') },
    ]
    return { kind: 'private', card: { headline: found.usage, rows, buttons: [], fallback: found.summary } }
  },
})
