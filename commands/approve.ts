import { z } from 'zod'
import { SalvorError } from '../src/domain/errors/fail.ts'
import { defineCommand } from '../src/engine/define-command.ts'

export const approve = defineCommand({
  name: 'approve',
  usage: 'approve <job> [<code>]',
  summary: 'Approves what the newest card of a job shows, or the card with that code.',
  examples: ['approve restore-3', 'approve restore-3 4f1c'],
  syntax: {
    words: [
      { name: 'job', takes: 'job' },
      { name: 'card', takes: 'word', optional: true },
    ],
    flags: { code: 'text' },
  },
  params: z.strictObject({
    job: z.string(),
    card: z
      .string()
      .toLowerCase()
      .regex(/^[0-9a-f]{4}$/, 'the four characters that the card shows')
      .optional(),
    // A one-time code typed where others read it: understood only to be refused. A terminal takes it out of the words.
    code: z.string().optional(),
    // Carried by the button, never typed: the digest of exactly what the card showed.
    digest: z.string().optional(),
    // Set where a window asked for the one-time code and it was right, never typed.
    factor: z.literal('checked').optional(),
  }),
  right: (_params, _plan, { approverRoles }) => ({ kind: 'roles', roles: approverRoles }),
  handle: async ({ said, engine }, { job, card, code, digest, factor }) => {
    if (code !== undefined) throw new SalvorError('approval_code_shown')
    await engine.approve(said, {
      job,
      ...(digest === undefined ? {} : { digest }),
      ...(card === undefined || digest !== undefined ? {} : { code: card }),
      ...(factor === undefined ? {} : { factor }),
    })
    return { kind: 'quiet' }
  },
})
