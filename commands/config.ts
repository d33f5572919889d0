import { z } from 'zod'
import { defineCommand } from '../src/engine/define-command.ts'
import { askForJob } from '../src/engine/say/ask-for-job.ts'
import { ownerOf } from '../src/engine/say/rights.ts'

export const config = defineCommand({
  name: 'config',
  usage: 'config <service> [--file <name>] [--version <v>]',
  summary: 'Puts a kept version of a config file back: shows the difference, tests it, keeps the old file.',
  examples: ['config orders-api', 'config orders-api --file orders-api.yaml --version v7'],
  syntax: { words: [{ name: 'service', takes: 'service' }], flags: { file: 'word', version: 'word' } },
  params: z.strictObject({
    service: z.string(),
    file: z.string().optional(),
    version: z
      .string()
      .regex(/^[^-]/, 'no version begins with a dash')
      .regex(/^[^/\\]+$/, 'a version is a name, not a path')
      .optional(),
  }),
  right: ({ service }, plan) => ownerOf(service, plan),
  handle: (context, { service, file, version }) =>
    askForJob(context, 'config', {
      service,
      ...(file === undefined ? {} : { file }),
      ...(version === undefined ? {} : { version }),
    }),
})
