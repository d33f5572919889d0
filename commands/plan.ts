import { z } from 'zod'
import { buildLineCard } from '../src/domain/cards/line-card.ts'
import { buildDryRunCard, buildPlanCard } from '../src/domain/cards/plan-card.ts'
import { buildReadinessCard } from '../src/domain/cards/readiness-card.ts'
import { isReady } from '../src/domain/readiness.ts'
import { plainText } from '../src/domain/text.ts'
import { type Answer, type CommandContext, defineCommand } from '../src/engine/define-command.ts'
import { buildDryRun, listTiers } from '../src/engine/say/dry-run.ts'
import { writeProcedureDocument } from '../src/plan/document/write-document.ts'

export const plan = defineCommand({
  name: 'plan',
  usage: 'plan [<procedure>|check|export] [--language en|ko]',
  summary:
    'Tells what a procedure would do: every step, command, risk, approver, estimate. `check` looks whether all that the plan needs is there, `export` gives it as a document to follow by hand. Changes nothing.',
  examples: ['plan', 'plan full-recovery', 'plan check', 'plan export', 'plan export --language ko'],
  syntax: { words: [{ name: 'what', takes: 'word', optional: true }], flags: { language: 'word' } },
  params: z.strictObject({
    what: z.string().toLowerCase().optional(),
    language: z.enum(['en', 'ko'], 'en or ko').optional(),
  }),
  right: () => ({ kind: 'any_role' }),
  handle: async (context, { what, language }) => {
    if (what === undefined) return { kind: 'private', card: buildPlanCard(context.plan, listTiers(context.plan)) }
    if (what === 'check') return tellReadiness(context)
    if (what === 'export') return exportPlan(context, language ?? context.plan.language)
    return { kind: 'private', card: buildDryRunCard(await buildDryRun(context, what)) }
  },
})

async function tellReadiness(context: CommandContext): Promise<Answer> {
  const findings = await context.readiness()
  return { kind: 'private', card: buildReadinessCard(findings), bad: !isReady(findings) }
}

/** Into the thread where there is one, so that everybody has it when Salvor is gone; else to the asker alone. */
function exportPlan({ plan, incident, said }: CommandContext, language: 'en' | 'ko'): Answer {
  const file = { name: `plan-${plan.digest.slice(0, 8)}-${language}.md`, text: writeProcedureDocument(plan, language) }
  const card = buildLineCard(
    `📄 ${plainText(plan.title)} as a document to follow by hand, plan ${plan.digest.slice(0, 8)}`,
  )
  if (incident === undefined || said.via === 'terminal') return { kind: 'private', card, file }
  return { kind: 'thread', card, file }
}
