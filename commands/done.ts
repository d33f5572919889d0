import { z } from 'zod'
import { SalvorError } from '../src/domain/errors/fail.ts'
import { defineCommand } from '../src/engine/define-command.ts'

export const done = defineCommand({
  name: 'done',
  usage: 'done <run> <step> <what you did and saw>',
  summary: 'Says that a manual step of a run was done, and how you know that it worked.',
  examples: ['done run-1 3 called the vendor, they confirmed by mail', 'done run 1 3 the queue is empty'],
  syntax: {
    words: [
      { name: 'run', takes: 'job' },
      { name: 'step', takes: 'word' },
      { name: 'text', takes: 'text', optional: true },
    ],
    flags: { reason: 'text' },
  },
  params: z.strictObject({
    run: z.string(),
    step: z
      .string()
      .regex(/^#?\d{1,4}$/, 'the number of the step, as the card shows it')
      .transform((word) => Number(word.replace('#', ''))),
    text: z.string().max(2000, 'at most 2000 characters').optional(),
    // What was typed into the button's form.
    reason: z.string().max(2000, 'at most 2000 characters').optional(),
  }),
  // The step's owner role is checked by the engine, which knows the step.
  right: () => ({ kind: 'any_role' }),
  handle: async ({ said, engine }, { run, step, text, reason }) => {
    const evidence = (text ?? reason ?? '').trim()
    if (evidence === '') throw new SalvorError('run_evidence', { run, step })
    await engine.markDone(said, { run, step, evidence })
    return { kind: 'quiet' }
  },
})
