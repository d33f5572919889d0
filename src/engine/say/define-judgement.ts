import { z } from 'zod'
import { SalvorError } from '../../domain/errors/fail.ts'
import type { CaseAnswer } from '../../domain/uat.ts'
import { defineCommand } from '../define-command.ts'

/** A tester's word about a case: the same for each answer, from a button, its form, or typed. */
export function defineJudgement(of: {
  readonly name: CaseAnswer
  readonly summary: string
  readonly example: string
  /** What was seen must be said with it. */
  readonly needsWords: boolean
}) {
  const { name } = of
  const usage = `${name} <job> <case> ${of.needsWords ? '<what you saw>' : '[<what you saw>]'}`
  return defineCommand({
    name,
    usage,
    summary: of.summary,
    examples: [of.example],
    syntax: {
      words: [
        { name: 'job', takes: 'job' },
        { name: 'case', takes: 'word' },
        { name: 'text', takes: 'text', optional: true },
      ],
      flags: { reason: 'text' },
    },
    params: z.strictObject({
      job: z.string(),
      case: z
        .string()
        .regex(/^#?\d{1,4}$/, 'the number of the case, as its message shows it')
        .transform((word) => Number(word.replace('#', ''))),
      text: z.string().max(2000, 'at most 2000 characters').optional(),
      // What was typed into the button's form.
      reason: z.string().max(2000, 'at most 2000 characters').optional(),
    }),
    // Who is a tester is checked by the engine, which knows the case.
    right: () => ({ kind: 'any_role' }),
    handle: async ({ said, engine }, { job, case: number, text, reason }) => {
      const comment = (text ?? reason ?? '').trim()
      if (of.needsWords && comment === '')
        throw new SalvorError('command_usage', { problem: 'What did you see?', usage })
      await engine.judgeCase(said, { job, case: number, answer: name, comment: comment === '' ? null : comment })
      return { kind: 'quiet' }
    },
  })
}
