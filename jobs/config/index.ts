import { defineJob } from '../../src/engine/define-job.ts'
import { type ConfigParams, configParams, replacedBy } from './params.ts'
import { planConfig } from './plan.ts'
import { previewConfig } from './preview.ts'
import { reportConfig, showConfig } from './report.ts'
import { showConfigChanges } from './show-replacement.ts'
import { health } from './steps/health.ts'
import { look } from './steps/look.ts'
import { replace, replaceUntested } from './steps/replace.ts'
import { test } from './steps/test.ts'

export const config = defineJob<ConfigParams>({
  name: 'config',
  summary: 'Puts a kept version of a config file back: shows the difference, tests it, keeps the old file.',
  params: configParams,
  // The same as a restart's: nobody restarts a service while its file changes.
  lock: ({ service }) => `service:${service}`,
  onLocked: 'refuse',
  system: ({ service }) => service,
  steps: [look, test, replace, replaceUntested, health],
  plan: planConfig,
  leaves: 'The old file or the new one, never a part; once replaced, the old one as `<path>.salvor-<job>` beside it.',
  card: showConfig,
  report: reportConfig,
  preview: previewConfig,
  changes: showConfigChanges,
  takesBack: ({ back }) => back,
  stands: (view) => {
    const replaced = replacedBy(view)
    const since = view.job.finishedAt
    if (!replaced?.replaced || since === null) return null
    return { on: `file:${replaced.path}`, as: replaced.after, since }
  },
  undoneBy: ({ job }) => {
    const { service, file } = configParams.parse(job.params)
    return { kind: 'config', params: { service, ...(file === undefined ? {} : { file }), back: job.id } }
  },
})
