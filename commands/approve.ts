import { z } from 'zod'
import { defineCommand } from '../src/engine/define-command.ts'

export const approve = defineCommand({
  name: 'approve',
  usage: 'approve <job> [<code>]',
  summary: 'Approves what the newest card of a job shows, or the card with that code.',
  examples: ['approve restore-3', 'approve restore-3 4f1c'],
  syntax: {
    words: [
      { name: 'job', takes: 'job' },
      { name: 'code', takes: 'word', optional: true },
    ],
    flags: {},
  },
  params: z.strictObject({
    job: z.string(),
    code: z
      .string()
      .toLowerCase()
      .regex(/^[0-9a-f]{4}$/, 'the four characters that the card shows')
      .optional(),
    // Carried by the button, never typed: the digest of exactly what the card showed.
    digest: z.string().optional(),
  }),
  right: (_params, _plan, { approverRoles }) => ({ kind: 'roles', roles: approverRoles }),
  handle: async ({ said, engine }, { job, code, digest }) => {
    await engine.approve(said, {
      job,
      ...(digest === undefined ? {} : { digest }),
      ...(code === undefined || digest !== undefined ? {} : { code }),
    })
    return { kind: 'quiet' }
  },
})
