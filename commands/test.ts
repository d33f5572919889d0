import { defineJobCommand } from '../src/engine/say/define-job-command.ts'

export const test = defineJobCommand({
  name: 'test',
  about: 'system',
  summary: "Runs the plan's functional and performance checks of a database, read-only.",
  examples: ['test orders-db'],
  right: 'any_role',
})
