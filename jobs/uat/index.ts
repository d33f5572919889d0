import { suiteScope } from '../../src/domain/scope.ts'
import { defineJob } from '../../src/engine/define-job.ts'
import { type UatParams, uatParams } from './params.ts'
import { reportUat, showUat } from './report.ts'
import { ask } from './steps/ask.ts'
import { signOff } from './steps/sign-off.ts'

export const uat = defineJob<UatParams>({
  name: 'uat',
  summary: 'Asks the testers of a suite to try its cases, and the business owner to sign off.',
  params: uatParams,
  lock: ({ suite }) => suiteScope(suite),
  onLocked: 'refuse',
  system: ({ suite }) => suiteScope(suite),
  steps: [ask, signOff],
  plan: ({ suite }, plan) => ((plan.uat[suite]?.signOff.length ?? 0) > 0 ? ['ask', 'sign-off'] : ['ask']),
  leaves: 'Nothing: it only asks.',
  card: showUat,
  report: reportUat,
  preview: () => ({ does: {}, back: 'Nothing is changed.' }),
})
