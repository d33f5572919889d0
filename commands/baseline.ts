import { z } from 'zod'
import { defineCommand } from '../src/engine/define-command.ts'
import { askForJob } from '../src/engine/say/ask-for-job.ts'
import { ownerOf } from '../src/engine/say/rights.ts'

export const baseline = defineCommand({
  name: 'baseline',
  usage: 'baseline <system>',
  summary: 'Records rows, bytes and fingerprints to verify against later.',
  examples: ['baseline orders-db'],
  syntax: { words: [{ name: 'system', takes: 'system' }], flags: {} },
  params: z.strictObject({ system: z.string() }),
  right: ({ system }, plan) => ownerOf(system, plan),
  handle: (context, { system }) => askForJob(context, 'baseline', { system }),
})
