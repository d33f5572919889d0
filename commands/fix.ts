import { z } from 'zod'
import { buildRemediesCard } from '../src/domain/cards/remedies-card.ts'
import { SalvorError } from '../src/domain/errors/fail.ts'
import { findNearest } from '../src/domain/nearest.ts'
import { defineCommand } from '../src/engine/define-command.ts'
import { askForJob } from '../src/engine/say/ask-for-job.ts'
import { ownerOf } from '../src/engine/say/rights.ts'

export const fix = defineCommand({
  name: 'fix',
  usage: 'fix <system> [<remedy>]',
  summary: 'Lists remedies that match; tries one and rolls it back, shows its effect, commits it after approval.',
  examples: ['fix orders-db', 'fix orders-db widen-phone'],
  syntax: {
    words: [
      { name: 'system', takes: 'system' },
      { name: 'remedy', takes: 'word', optional: true },
    ],
    flags: {},
  },
  params: z.strictObject({ system: z.string(), remedy: z.string().toLowerCase().optional() }),
  right: ({ system }, plan) => ownerOf(system, plan),
  handle: async (context, { system, remedy }) => {
    const found = context.plan.systems[system]
    const remedies = found?.kind === 'postgres' ? found.remedies : []
    if (remedy === undefined) return { kind: 'private', card: buildRemediesCard(system, remedies, []) }
    const known = remedies.map(({ name }) => name)
    if (!known.includes(remedy)) {
      const nearest = findNearest(remedy, known) ?? 'none'
      throw new SalvorError('remedy_unknown', { system, remedy, nearest, known: known.join(', ') || 'none' })
    }
    return askForJob(context, 'fix', { system, remedy })
  },
})
