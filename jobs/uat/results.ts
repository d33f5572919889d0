import { z } from 'zod'
import { type CaseResult, caseAnswers, readResults } from '../../src/domain/uat.ts'
import type { JobView } from '../../src/domain/view.ts'
import { outputOf } from '../output-of.ts'

const finding = z.object({
  person: z.string(),
  answer: z.enum(caseAnswers),
  comment: z.string().nullable(),
  at: z.string(),
})

const taken = z.object({
  results: z.array(
    z.object({
      no: z.number(),
      name: z.string(),
      covers: z.string(),
      state: z.enum(['passed', 'failed', 'blocked', 'open']),
      findings: z.array(finding),
    }),
  ),
})

/** The results as they were taken, once the job's last step has: signed, or without anybody who signs. Until then as they stand. */
export function showResults(view: JobView): readonly CaseResult[] {
  const last = view.steps.at(-1)
  const done = last?.state === 'done' ? outputOf(view, last.name, taken) : null
  return done?.results ?? readResults(view.asks)
}
