import { defineJob } from '../../src/engine/define-job.ts'
import { documentVerify } from './document.ts'
import { helpVerify } from './help-verify.ts'
import { type VerifyParams, verifyParams } from './params.ts'
import { planVerify } from './plan.ts'
import { previewVerify } from './preview.ts'
import { reportVerify, showVerify } from './report.ts'
import { choose } from './steps/choose.ts'
import { compare } from './steps/compare.ts'
import { judge } from './steps/judge.ts'
import { narrow } from './steps/narrow.ts'

export const verify = defineJob<VerifyParams>({
  name: 'verify',
  summary: 'Proves what a database holds, and names what differs; tables written since are not comparable.',
  params: verifyParams,
  lock: () => null,
  looksAt: ({ system }) => `database:${system}`,
  onLocked: 'refuse',
  system: ({ system }) => system,
  steps: [choose, compare, narrow, judge],
  plan: planVerify,
  leaves: 'Nothing: it only reads.',
  card: showVerify,
  report: reportVerify,
  preview: previewVerify,
  instead: helpVerify,
  document: documentVerify,
})
