import { defineJob } from '../../src/engine/define-job.ts'
import { type TestParams, testParams } from './params.ts'
import { previewTest } from './preview.ts'
import { reportTest, showTest } from './report.ts'
import { ask } from './steps/ask.ts'
import { judge } from './steps/judge.ts'

export const test = defineJob<TestParams>({
  name: 'test',
  summary: "Runs the plan's functional and performance checks of a database, read-only.",
  params: testParams,
  lock: () => null,
  looksAt: ({ system }) => `database:${system}`,
  onLocked: 'wait',
  system: ({ system }) => system,
  // Judging comes last and apart, so that what every check found is on record before the job fails for one.
  steps: [ask, judge],
  leaves: 'Nothing: it only reads.',
  card: showTest,
  report: reportTest,
  preview: previewTest,
})
