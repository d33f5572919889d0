import { z } from 'zod'
import { buildDryRunCard, buildPlanCard } from '../src/domain/cards/plan-card.ts'
import { defineCommand } from '../src/engine/define-command.ts'
import { buildDryRun, listTiers } from '../src/engine/say/dry-run.ts'

export const plan = defineCommand({
  name: 'plan',
  usage: 'plan [<procedure>]',
  summary: 'Tells what a procedure would do: every step, command, risk, approver, estimate. Changes nothing.',
  examples: ['plan', 'plan full-recovery'],
  syntax: { words: [{ name: 'what', takes: 'word', optional: true }], flags: {} },
  params: z.strictObject({ what: z.string().toLowerCase().optional() }),
  right: () => ({ kind: 'any_role' }),
  handle: async (context, { what }) => {
    if (what === undefined) return { kind: 'private', card: buildPlanCard(context.plan, listTiers(context.plan)) }
    return { kind: 'private', card: buildDryRunCard(await buildDryRun(context, what)) }
  },
})
