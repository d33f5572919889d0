import { z } from 'zod'
import { defineCommand } from '../src/engine/define-command.ts'
import { findThisOrLastClosed } from '../src/engine/say/find-incident.ts'
import { ownersOf } from '../src/engine/say/rights.ts'

export const reopen = defineCommand({
  name: 'reopen',
  usage: 'reopen [--incident <number>]',
  summary: 'Opens a recovered or closed incident again; without a number the last one closed in this channel.',
  examples: ['reopen', 'reopen --incident 7'],
  syntax: { words: [], flags: {} },
  params: z.strictObject({}),
  right: (_params, plan) => ownersOf(plan),
  handle: async (context) => {
    const { number } = await findThisOrLastClosed(context)
    await context.engine.reopenIncident(context.said, number)
    return { kind: 'quiet' }
  },
})
