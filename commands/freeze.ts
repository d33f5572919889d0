import { defineJobCommand } from '../src/engine/say/define-job-command.ts'

export const freeze = defineJobCommand({
  name: 'freeze',
  about: 'system',
  summary: 'Stops the migration and refuses new writes while a restore runs.',
  examples: ['freeze orders-db'],
})
