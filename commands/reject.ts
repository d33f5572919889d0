import { z } from 'zod'
import { readShortCode, shortCodeShape } from '../src/domain/digest.ts'
import { SalvorError } from '../src/domain/errors/fail.ts'
import { defineCommand } from '../src/engine/define-command.ts'

export const reject = defineCommand({
  name: 'reject',
  usage: 'reject <job> <code> --reason <why>',
  summary: 'Rejects what a job wants to do, which ends it.',
  examples: ['reject restore-3 9WE4TF --reason wrong backup'],
  syntax: {
    words: [
      { name: 'job', takes: 'job' },
      { name: 'code', takes: 'word', optional: true },
    ],
    flags: { reason: 'text' },
  },
  params: z.strictObject({
    job: z.string(),
    code: z
      .string()
      .overwrite(readShortCode)
      .regex(shortCodeShape, 'the six characters behind «code» on the card')
      .optional(),
    reason: z.string().optional(),
    // Carried by the button, never typed: the digest of exactly what the card showed.
    digest: z.string().optional(),
  }),
  right: (_params, _plan, { approverRoles }) => ({ kind: 'roles', roles: approverRoles }),
  handle: async ({ said, engine }, { job, code, reason, digest }) => {
    if (reason === undefined || reason.trim() === '') throw new SalvorError('approval_reason', { job })
    await engine.reject(said, {
      job,
      reason,
      ...(digest === undefined ? {} : { digest }),
      ...(code === undefined || digest !== undefined ? {} : { code }),
    })
    return { kind: 'quiet' }
  },
})
