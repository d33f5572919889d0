import { z } from 'zod'
import { SalvorError } from '../src/domain/errors/fail.ts'
import { nameKnown } from '../src/domain/nearest.ts'
import { defineCommand } from '../src/engine/define-command.ts'
import { askForJob } from '../src/engine/say/ask-for-job.ts'

export const uat = defineCommand({
  name: 'uat',
  usage: 'uat <suite> [--due <time>]',
  summary: 'Asks the testers of a suite to try its cases, and the business owner to sign off.',
  examples: ['uat order-entry', 'uat order-entry --due 18:00'],
  syntax: { words: [{ name: 'suite', takes: 'word' }], flags: { due: 'deadline' } },
  params: z.strictObject({ suite: z.string().toLowerCase(), due: z.string().optional() }),
  right: () => ({ kind: 'any_role' }),
  handle: (context, { suite, due }) => {
    const known = Object.keys(context.plan.uat)
    if (!known.includes(suite)) {
      throw new SalvorError('suite_unknown', { suite: suite.slice(0, 40), ...nameKnown(suite, known) })
    }
    return askForJob(context, 'uat', due === undefined ? { suite } : { suite, due })
  },
})
