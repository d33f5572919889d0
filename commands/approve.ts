import { z } from 'zod'
import { buildEmergencyCard } from '../src/domain/cards/approval-card.ts'
import { readShortCode, shortCodeShape } from '../src/domain/digest.ts'
import { SalvorError } from '../src/domain/errors/fail.ts'
import { type Answer, type CommandContext, defineCommand } from '../src/engine/define-command.ts'

export const approve = defineCommand({
  name: 'approve',
  usage: 'approve <job> <code> [--emergency --reason …]',
  summary:
    'Approves what the card with that code shows. With --emergency whoever asked goes on alone, where the plan allows it and nobody answered.',
  examples: ['approve restore-3 9WE4TF', 'approve restore-3 --emergency --reason nobody answers'],
  syntax: {
    words: [
      { name: 'job', takes: 'job' },
      { name: 'card', takes: 'word', optional: true },
    ],
    flags: { code: 'text', emergency: 'switch', reason: 'text' },
  },
  params: z.strictObject({
    job: z.string(),
    card: z
      .string()
      .overwrite(readShortCode)
      .regex(shortCodeShape, 'the six characters behind «code» on the card')
      .optional(),
    emergency: z.boolean().optional(),
    reason: z.string().max(500, 'at most 500 characters').optional(),
    // A one-time code typed where others read it: understood only to be refused. A terminal takes it out of the words.
    code: z.string().optional(),
    // Carried by the button, never typed: the digest of exactly what the card showed.
    digest: z.string().optional(),
    // Set where a window asked for the one-time code and it was right, never typed.
    factor: z.literal('checked').optional(),
  }),
  right: (_params, _plan, { approverRoles }) => ({ kind: 'roles', roles: approverRoles }),
  handle: async (context, params) => {
    const { said, engine } = context
    const { job, card, code, digest, factor } = params
    if (code !== undefined) throw new SalvorError('approval_code_shown')
    if (params.emergency) return approveAlone(context, params)
    await engine.approve(said, {
      job,
      ...(digest === undefined ? {} : { digest }),
      ...(card === undefined || digest !== undefined ? {} : { code: card }),
      ...(factor === undefined ? {} : { factor }),
    })
    return { kind: 'quiet' }
  },
})

/**
 * Without a code nothing is done; where a code is all that is missing, the asker gets a button that asks for it in a
 * window of its own.
 */
async function approveAlone(
  { said, engine, store }: CommandContext,
  of: {
    job: string
    reason?: string | undefined
    card?: string | undefined
    digest?: string | undefined
    factor?: 'checked' | undefined
  },
): Promise<Answer> {
  const { job, reason = '', card, digest, factor } = of
  try {
    const typed = card === undefined ? {} : { code: card }
    const bound = digest === undefined ? typed : { digest }
    await engine.approveAlone(said, { job, reason, ...bound, ...(factor === undefined ? {} : { factor }) })
    return { kind: 'quiet' }
  } catch (thrown) {
    const asked = (await store.viewJob(job))?.approvals.at(-1)
    if (!(thrown instanceof SalvorError) || thrown.code !== 'approval_factor' || !asked) throw thrown
    return { kind: 'private', card: buildEmergencyCard(asked, reason) }
  }
}
