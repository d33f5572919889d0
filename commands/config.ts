import { z } from 'zod'
import { defineJobCommand } from '../src/engine/say/define-job-command.ts'

export const config = defineJobCommand({
  name: 'config',
  about: 'service',
  options: '[--file <name>] [--version <v>]',
  summary: 'Puts a kept version of a config file back: shows the difference, tests it, keeps the old file.',
  examples: ['config orders-api', 'config orders-api --file orders-api.yaml --version v7'],
  flags: { file: 'word', version: 'word' },
  params: {
    file: z.string().optional(),
    version: z
      .string()
      .regex(/^[^-]/, 'no version begins with a dash')
      .regex(/^[^/\\]+$/, 'a version is a name, not a path')
      .optional(),
  },
})
