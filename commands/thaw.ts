import { z } from 'zod'
import { defineCommand } from '../src/engine/define-command.ts'
import { askForJob } from '../src/engine/say/ask-for-job.ts'
import { ownerOf } from '../src/engine/say/rights.ts'

export const thaw = defineCommand({
  name: 'thaw',
  usage: 'thaw <system>',
  summary: 'Opens a frozen system for writes again.',
  examples: ['thaw orders-db'],
  syntax: { words: [{ name: 'system', takes: 'system' }], flags: {} },
  params: z.strictObject({ system: z.string() }),
  right: ({ system }, plan) => ownerOf(system, plan),
  handle: (context, { system }) => askForJob(context, 'thaw', { system }),
})
