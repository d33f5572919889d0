import { defineJobCommand } from '../src/engine/say/define-job-command.ts'

export const baseline = defineJobCommand({
  name: 'baseline',
  about: 'system',
  summary: 'Records rows, bytes and fingerprints to verify against later.',
  examples: ['baseline orders-db'],
})
