import { z } from 'zod'
import { defineCommand } from '../src/engine/define-command.ts'
import { ownerOf } from '../src/engine/say/rights.ts'

export const undo = defineCommand({
  name: 'undo',
  usage: 'undo <job>',
  summary: 'Takes a job back: a job of its own, which shows what was written since and asks for approval.',
  examples: ['undo restore-1'],
  syntax: { words: [{ name: 'job', takes: 'job' }], flags: {} },
  params: z.strictObject({ job: z.string() }),
  right: (_params, plan, { jobSystem }) => ownerOf(jobSystem, plan),
  handle: async ({ said, words, engine }, { job }) => {
    await engine.undo(said, job, words)
    return { kind: 'quiet' }
  },
})
