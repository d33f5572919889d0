import { z } from 'zod'
import { defineCommand } from '../src/engine/define-command.ts'
import { askForJob } from '../src/engine/say/ask-for-job.ts'

export const test = defineCommand({
  name: 'test',
  usage: 'test <system>',
  summary: "Runs the plan's functional and performance checks of a database, read-only.",
  examples: ['test orders-db'],
  syntax: { words: [{ name: 'system', takes: 'system' }], flags: {} },
  params: z.strictObject({ system: z.string() }),
  right: () => ({ kind: 'any_role' }),
  handle: (context, { system }) => askForJob(context, 'test', { system }),
})
