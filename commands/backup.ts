import { z } from 'zod'
import { defineCommand } from '../src/engine/define-command.ts'
import { askForJob } from '../src/engine/say/ask-for-job.ts'
import { ownerOf } from '../src/engine/say/rights.ts'

export const backup = defineCommand({
  name: 'backup',
  usage: 'backup <system>',
  summary: 'Takes a dump and its manifest (rows, bytes, fingerprints) from one snapshot.',
  examples: ['backup orders-db'],
  syntax: { words: [{ name: 'system', takes: 'system' }], flags: {} },
  params: z.strictObject({ system: z.string() }),
  right: ({ system }, plan) => ownerOf(system, plan),
  handle: (context, { system }) => askForJob(context, 'backup', { system }),
})
