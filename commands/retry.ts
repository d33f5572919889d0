import { z } from 'zod'
import { defineCommand } from '../src/engine/define-command.ts'
import { ownerOf } from '../src/engine/say/rights.ts'

export const retry = defineCommand({
  name: 'retry',
  usage: 'retry <job>',
  summary: 'Runs the failed step again; asks again where an approval ran out.',
  examples: ['retry restart-2', 'Retry Restart 2'],
  syntax: { words: [{ name: 'job', takes: 'job' }], flags: {} },
  params: z.strictObject({ job: z.string() }),
  right: (_params, plan, { jobSystem }) => ownerOf(jobSystem, plan),
  handle: async ({ said, engine }, { job }) => {
    await engine.retry(said, job)
    return { kind: 'quiet' }
  },
})
