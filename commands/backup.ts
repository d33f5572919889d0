import { z } from 'zod'
import { backupTypes } from '../src/domain/physical-backup.ts'
import { defineCommand } from '../src/engine/define-command.ts'
import { askForJob } from '../src/engine/say/ask-for-job.ts'
import { ownerOf } from '../src/engine/say/rights.ts'

export const backup = defineCommand({
  name: 'backup',
  usage: 'backup <system> [--kind full|diff|incr]',
  summary:
    'Takes a dump and its manifest (rows, bytes, fingerprints) from one snapshot; with --kind a backup of the whole cluster.',
  examples: ['backup orders-db', 'backup orders-db --kind incr'],
  syntax: { words: [{ name: 'system', takes: 'system' }], flags: { kind: 'word' } },
  params: z.strictObject({
    system: z.string(),
    kind: z.preprocess(
      (word) => (typeof word === 'string' ? word.toLowerCase() : word),
      z.enum(backupTypes).optional(),
    ),
  }),
  right: ({ system }, plan) => ownerOf(system, plan),
  handle: (context, { system, kind }) =>
    askForJob(context, 'backup', { system, ...(kind === undefined ? {} : { kind }) }),
})
