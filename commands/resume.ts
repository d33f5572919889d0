import { z } from 'zod'
import {
  describeGroup,
  describeRefused,
  groupFindings,
  idOfFinding,
  idOfFindings,
  isAcceptable,
} from '../src/domain/acceptance.ts'
import { buildLineCard } from '../src/domain/cards/line-card.ts'
import { readShortCode, shortCodeShape } from '../src/domain/digest.ts'
import { SalvorError } from '../src/domain/errors/fail.ts'
import { findCurrentStep, type JobView } from '../src/domain/view.ts'
import { type Answer, defineCommand } from '../src/engine/define-command.ts'
import { ownerOf } from '../src/engine/say/rights.ts'

const usage = 'resume <job> [--settle done|not-done --reason <why>] [--accept <finding>, … --reason <why>]'

/** Instead of an id: all findings as a file, and nothing is accepted. */
const LIST = 'list'

export const resume = defineCommand({
  name: 'resume',
  usage,
  summary:
    'Goes on with the next unfinished step; with --settle you say whether a step in doubt happened, with --accept that it may go on over a finding.',
  examples: [
    'resume restore-3',
    'resume restore-3 --settle not-done --reason the old names are still there',
    'resume restore-3 --accept 9WE4TF, 7K2QPD --reason the audit table may be empty',
    'resume restore-3 --accept list',
  ],
  syntax: { words: [{ name: 'job', takes: 'job' }], flags: { settle: 'word', accept: 'list', reason: 'text' } },
  params: z.strictObject({
    job: z.string(),
    settle: z
      .string()
      .toLowerCase()
      .pipe(z.enum(['done', 'not-done'], 'done or not-done'))
      .optional(),
    accept: z
      .array(
        z
          .string()
          .overwrite((typed) => (typed.toLowerCase() === LIST ? LIST : readShortCode(typed)))
          .refine(
            (id) => id === LIST || shortCodeShape.test(id),
            'ids of findings or of kinds of them, six characters each, as the card names them, or `list` for all',
          ),
      )
      .min(1)
      .optional(),
    reason: z.string().max(500, 'at most 500 characters').optional(),
  }),
  right: (_params, plan, { jobSystem }) => ownerOf(jobSystem, plan),
  handle: async ({ said, engine, store }, { job, settle, accept, reason }) => {
    if (accept?.join() === LIST) return listFindings(await store.viewJob(job), job)
    if (accept !== undefined) {
      if (settle !== undefined)
        throw new SalvorError('command_usage', { problem: 'Either --settle or --accept.', usage })
      await engine.accept(said, job, { findings: [...new Set(accept)], reason: reason ?? '' })
      return { kind: 'quiet' }
    }
    if (settle !== undefined && reason === undefined) {
      throw new SalvorError('command_usage', { problem: '--settle needs a --reason: how do you know?', usage })
    }
    const settled = settle !== undefined && reason !== undefined ? { as: settle, reason } : undefined
    await engine.resume(said, job, settled)
    return { kind: 'quiet' }
  },
})

/** Every finding for which the job's step refused, by kind, with what has to be typed. */
function listFindings(view: JobView | undefined, job: string): Answer {
  const open = (view && findCurrentStep(view)?.failure?.findings) ?? []
  if (open.length === 0) throw new SalvorError('accept_none', { job, step: 'it' })
  const groups = groupFindings(open)
  const acceptable = open.filter((one) => isAcceptable(one.why.code))
  const text = groups.flatMap((group) => [
    `${describeGroup(group)} (${isAcceptable(group.code) ? idOfFindings(group.findings) : 'cannot be accepted'})`,
    ...group.findings.map((one) => `  ${idOfFinding(one)} ${describeRefused(one).replace(/\s+/g, ' ')}`),
  ])
  const all = acceptable.length === 0 ? [] : [`All that can be accepted: ${idOfFindings(acceptable)}`]
  const file = { name: `${job}-findings.txt`, text: [...all, ...text, ''].join('\n') }
  return { kind: 'private', card: buildLineCard(`${open.length} findings of ${job}, each in the file.`), file }
}
