import { defineJobCommand } from '../src/engine/say/define-job-command.ts'

export const thaw = defineJobCommand({
  name: 'thaw',
  about: 'system',
  summary: 'Opens a frozen system for writes again.',
  examples: ['thaw orders-db'],
})
