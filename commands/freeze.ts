import { z } from 'zod'
import { defineCommand } from '../src/engine/define-command.ts'
import { askForJob } from '../src/engine/say/ask-for-job.ts'
import { ownerOf } from '../src/engine/say/rights.ts'

export const freeze = defineCommand({
  name: 'freeze',
  usage: 'freeze <system>',
  summary: 'Stops the migration and refuses new writes while a restore runs.',
  examples: ['freeze orders-db'],
  syntax: { words: [{ name: 'system', takes: 'system' }], flags: {} },
  params: z.strictObject({ system: z.string() }),
  right: ({ system }, plan) => ownerOf(system, plan),
  handle: (context, { system }) => askForJob(context, 'freeze', { system }),
})
