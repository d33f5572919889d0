import { z } from 'zod'
import { defineCommand } from '../src/engine/define-command.ts'
import { findThisOrLastClosed } from '../src/engine/say/find-incident.ts'
import { makeReport } from '../src/report/make-report.ts'

export const report = defineCommand({
  name: 'report',
  usage: 'report',
  summary: 'Posts the report as it stands now, with the whole story as a file.',
  examples: ['report', 'report --incident 7'],
  syntax: { words: [], flags: {} },
  params: z.strictObject({}),
  right: () => ({ kind: 'any_role' }),
  handle: async (context) => {
    const { number } = await findThisOrLastClosed(context)
    return makeReport(context, number)
  },
})
