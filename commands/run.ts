import { z } from 'zod'
import { SalvorError } from '../src/domain/errors/fail.ts'
import { defineCommand } from '../src/engine/define-command.ts'
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
    await context.engine.startRun(context.said, of)
    return { kind: 'quiet' }
  },
})
