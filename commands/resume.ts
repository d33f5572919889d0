import { z } from 'zod'
import { SalvorError } from '../src/domain/errors/fail.ts'
import { defineCommand } from '../src/engine/define-command.ts'
import { ownerOf } from '../src/engine/say/rights.ts'

const usage = 'resume <job> [--settle done|not-done --reason <why>]'

export const resume = defineCommand({
  name: 'resume',
  usage,
  summary: 'Goes on with the next unfinished step; with --settle you say whether a step in doubt happened.',
  examples: ['resume restore-3', 'resume restore-3 --settle not-done --reason the old names are still there'],
  syntax: { words: [{ name: 'job', takes: 'job' }], flags: { settle: 'word', reason: 'text' } },
  params: z.strictObject({
    job: z.string(),
    settle: z
      .string()
      .toLowerCase()
      .pipe(z.enum(['done', 'not-done'], 'done or not-done'))
      .optional(),
    reason: z.string().optional(),
  }),
  right: (_params, plan, { jobSystem }) => ownerOf(jobSystem, plan),
  handle: async ({ said, engine }, { job, settle, reason }) => {
    if (settle !== undefined && reason === undefined) {
      throw new SalvorError('command_usage', { problem: '--settle needs a --reason: how do you know?', usage })
    }
    const settled = settle !== undefined && reason !== undefined ? { as: settle, reason } : undefined
    await engine.resume(said, job, settled)
    return { kind: 'quiet' }
  },
})
