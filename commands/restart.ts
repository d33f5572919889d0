import { defineJobCommand } from '../src/engine/say/define-job-command.ts'

export const restart = defineJobCommand({
  name: 'restart',
  about: 'service',
  summary: 'Restarts a service and proves it: a new process, alive after settling, healthy.',
  examples: ['restart orders-api'],
})
