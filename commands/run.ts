import { z } from 'zod'
import { buildLineCard } from '../src/domain/cards/line-card.ts'
import { SalvorError } from '../src/domain/errors/fail.ts'
import { rolesForStep, titleOf } from '../src/domain/procedure.ts'
import type { RunStep } from '../src/domain/run.ts'
import { type CommandContext, defineCommand } from '../src/engine/define-command.ts'
import { ownersOf } from '../src/engine/say/rights.ts'

export const run = defineCommand({
  name: 'run',
  usage: 'run <procedure> [--from <step>]',
  summary: 'Runs a procedure of the plan: tier by tier, side by side where nothing waits for the other.',
  examples: ['run full-recovery', 'run full-recovery --from 3', 'run full-recovery --from restart orders-api'],
  syntax: { words: [{ name: 'procedure', takes: 'word' }], flags: { from: 'text' } },
  params: z.strictObject({ procedure: z.string().toLowerCase(), from: z.string().min(1).optional() }),
  // Whoever owns a system may start; each step asks for its own owner's right when its turn has come.
  right: (_params, plan) => ownersOf(plan),
  handle: async (context, { procedure, from }) => {
    const { number, state } = await context.needIncident()
    if (state === 'closed') throw new SalvorError('move_illegal', { job: `#${number}`, state, move: 'take a run' })
    const of = { incident: number, procedure, from: from ?? null, words: context.words }
    const { run: started, steps } = await context.engine.startRun(context.said, of)
    const foreign = await listForeign(context, steps)
    if (foreign.length === 0) return { kind: 'quiet' }
    const hint = 'When its turn has come, somebody who does takes it over: '
    const card = buildLineCard(`You do not hold the role for ${foreign.join(', ')}. ${hint}\`resume ${started.id}\``)
    return { kind: 'private', card }
  },
})

/** Steps that jobs do and that whoever starts the run has no right to: better known now than in the middle. */
async function listForeign({ plan, holds }: CommandContext, steps: readonly RunStep[]): Promise<string[]> {
  const foreign: string[] = []
  for (const step of steps.filter(({ verb, state }) => verb !== 'manual' && state === 'waiting')) {
    const roles = rolesForStep(step, plan)
    // A role that cannot be looked up now is looked up again at the step itself.
    const held = await holds({ kind: 'roles', roles }).catch(() => true)
    if (!held) foreign.push(`step ${step.position} (${titleOf(step)}: ${roles.join(' or ') || 'nobody'})`)
  }
  return foreign
}
