import { defineJob } from '../../src/engine/define-job.ts'
import { documentLogs } from './document.ts'
import { type LogsParams, logsParams } from './params.ts'
import { planLogs } from './plan.ts'
import { previewLogs } from './preview.ts'
import { reportLogs, showLogs } from './report.ts'
import { analyse } from './steps/analyse.ts'
import { follow } from './steps/follow.ts'

/** Says what failed first in a log of the plan, or follows it. */
export const logs = defineJob<LogsParams>({
  name: 'logs',
  summary: 'Says what failed first in a log, why, where and what followed from it; or follows it.',
  params: logsParams,
  // One follow a log: two cards that tell the same only cost.
  lock: ({ log, follow: follows }) => (follows === true ? `log:${log}` : null),
  onLocked: 'refuse',
  system: () => null,
  steps: [analyse, follow],
  plan: planLogs,
  leaves: 'Nothing: it only reads.',
  card: showLogs,
  report: reportLogs,
  document: documentLogs,
  preview: previewLogs,
})
