import { z } from 'zod'
import { buildLineCard } from '../src/domain/cards/line-card.ts'
import { defineCommand } from '../src/engine/define-command.ts'

export const note = defineCommand({
  name: 'note',
  usage: 'note <text> [--lesson]',
  summary: 'Puts words on the record; with --lesson they stand among the lessons of the report.',
  examples: ['note the vendor was called at 02:30', 'note test the cut-over with real phone numbers --lesson'],
  syntax: { words: [{ name: 'text', takes: 'text' }], flags: { lesson: 'switch' } },
  params: z.strictObject({
    text: z.string().min(1).max(3000, 'at most 3000 characters'),
    lesson: z.boolean().default(false),
  }),
  right: () => ({ kind: 'any_role' }),
  handle: async ({ said, needIncident, engine }, { text, lesson }) => {
    const { number } = await needIncident()
    await engine.addNote(said, number, text, lesson)
    return { kind: 'private', card: buildLineCard(`${lesson ? 'Lesson' : 'Note'} on the record of #${number}.`) }
  },
})
