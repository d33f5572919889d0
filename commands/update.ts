import { z } from 'zod'
import { buildLineCard } from '../src/domain/cards/line-card.ts'
import { defineCommand } from '../src/engine/define-command.ts'

export const update = defineCommand({
  name: 'update',
  usage: 'update <text> [--severity 1-4]',
  summary: 'Words for those who wait for the outcome: on the root card, in the brief and in the report.',
  examples: ['update orders are taken on paper until 04:30', 'update payments are affected as well --severity 1'],
  syntax: { words: [{ name: 'text', takes: 'text' }], flags: { severity: 'number' } },
  params: z.strictObject({
    text: z.string().min(1).max(1000, 'at most 1000 characters'),
    severity: z
      .union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)], '--severity is a number from 1 to 4')
      .optional(),
  }),
  right: () => ({ kind: 'any_role' }),
  handle: async ({ said, needIncident, engine }, { text, severity }) => {
    const { number } = await needIncident()
    await engine.updateIncident(said, number, { text, severity: severity ?? null })
    return { kind: 'private', card: buildLineCard(`Told everybody who waits for #${number}.`) }
  },
})
