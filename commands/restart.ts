import { z } from 'zod'
import { defineCommand } from '../src/engine/define-command.ts'
import { askForJob } from '../src/engine/say/ask-for-job.ts'
import { ownerOf } from '../src/engine/say/rights.ts'

export const restart = defineCommand({
  name: 'restart',
  usage: 'restart <service>',
  summary: 'Restarts a service and proves it: a new process, alive after settling, healthy.',
  examples: ['restart orders-api'],
  syntax: { words: [{ name: 'service', takes: 'service' }], flags: {} },
  params: z.strictObject({ service: z.string() }),
  right: ({ service }, plan) => ownerOf(service, plan),
  handle: (context, { service }) => askForJob(context, 'restart', { service }),
})
