import { z } from 'zod'
import { backupTypes } from '../src/domain/physical-backup.ts'
import { defineJobCommand } from '../src/engine/say/define-job-command.ts'

export const backup = defineJobCommand({
  name: 'backup',
  about: 'system',
  options: '[--kind full|diff|incr]',
  summary:
    'Takes a dump and its manifest (rows, bytes, fingerprints) from one snapshot; with --kind a backup of the whole cluster.',
  examples: ['backup orders-db', 'backup orders-db --kind incr'],
  flags: { kind: 'word' },
  params: {
    kind: z.preprocess(
      (word) => (typeof word === 'string' ? word.toLowerCase() : word),
      z.enum(backupTypes).optional(),
    ),
  },
})
