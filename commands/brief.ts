import { z } from 'zod'
import { SalvorError } from '../src/domain/errors/fail.ts'
import { defineCommand } from '../src/engine/define-command.ts'
import { listOvertaken } from '../src/engine/overtaken.ts'
import { findThisOrLastClosed } from '../src/engine/say/find-incident.ts'
import { takesBack } from '../src/engine/takes-back.ts'
import { buildBriefCard } from '../src/report/brief-card.ts'

export const brief = defineCommand({
  name: 'brief',
  usage: 'brief [--post]',
  summary: 'Tells in plain words where it stands, for those who wait for the outcome; with --post to everybody.',
  examples: ['brief', 'brief --post'],
  syntax: { words: [], flags: { post: 'switch' } },
  params: z.strictObject({ post: z.boolean().default(false) }),
  // Reading is for everybody who sees the channel; speaking to all of them is not.
  right: ({ post }) => (post ? { kind: 'any_role' } : { kind: 'anyone' }),
  handle: async (context, { post }) => {
    const { number, channel } = await findThisOrLastClosed(context)
    // Without a role people may read what they see happen, and nothing of other channels.
    if (channel !== context.said.channel && !(await context.holds({ kind: 'any_role' }))) {
      throw new SalvorError('role_none', { others: 'A person with a role' })
    }
    const view = await context.store.viewIncident(number)
    if (!view) throw new SalvorError('incident_unknown', { number })
    const kinds = { takesBack: takesBack(context.jobs), overtaken: listOvertaken(context.jobs, view.jobs) }
    const card = buildBriefCard(view, kinds, context.plan.language, context.clock.now())
    return post ? { kind: 'thread', card } : { kind: 'private', card }
  },
})
