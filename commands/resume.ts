import { z } from 'zod'
import { MOST_ACCEPTED } from '../src/domain/acceptance.ts'
import { readShortCode, shortCodeShape } from '../src/domain/digest.ts'
import { SalvorError } from '../src/domain/errors/fail.ts'
import { defineCommand } from '../src/engine/define-command.ts'
import { ownerOf } from '../src/engine/say/rights.ts'

const usage = 'resume <job> [--settle done|not-done --reason <why>] [--accept <finding>, … --reason <why>]'

export const resume = defineCommand({
  name: 'resume',
  usage,
  summary:
    'Goes on with the next unfinished step; with --settle you say whether a step in doubt happened, with --accept that it may go on over a finding.',
  examples: [
    'resume restore-3',
    'resume restore-3 --settle not-done --reason the old names are still there',
    'resume restore-3 --accept 9WE4TF, 7K2QPD --reason the audit table may be empty',
  ],
  syntax: { words: [{ name: 'job', takes: 'job' }], flags: { settle: 'word', accept: 'list', reason: 'text' } },
  params: z.strictObject({
    job: z.string(),
    settle: z
      .string()
      .toLowerCase()
      .pipe(z.enum(['done', 'not-done'], 'done or not-done'))
      .optional(),
    accept: z
      .array(
        z
          .string()
          .overwrite(readShortCode)
          .regex(shortCodeShape, 'ids of findings, six characters each, as the card names them'),
      )
      .min(1)
      .max(MOST_ACCEPTED)
      .optional(),
    reason: z.string().max(500, 'at most 500 characters').optional(),
  }),
  right: (_params, plan, { jobSystem }) => ownerOf(jobSystem, plan),
  handle: async ({ said, engine }, { job, settle, accept, reason }) => {
    if (accept !== undefined) {
      if (settle !== undefined)
        throw new SalvorError('command_usage', { problem: 'Either --settle or --accept.', usage })
      await engine.accept(said, job, { findings: [...new Set(accept)], reason: reason ?? '' })
      return { kind: 'quiet' }
    }
    if (settle !== undefined && reason === undefined) {
      throw new SalvorError('command_usage', { problem: '--settle needs a --reason: how do you know?', usage })
    }
    const settled = settle !== undefined && reason !== undefined ? { as: settle, reason } : undefined
    await engine.resume(said, job, settled)
    return { kind: 'quiet' }
  },
})
