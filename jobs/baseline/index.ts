import { defineJob } from '../../src/engine/define-job.ts'
import { type BaselineParams, baselineParams } from './params.ts'
import { previewBaseline } from './preview.ts'
import { reportBaseline, showBaseline } from './report.ts'
import { measure } from './steps/measure.ts'

export const baseline = defineJob<BaselineParams>({
  name: 'baseline',
  summary: 'Records rows and fingerprints of every table to verify against later.',
  params: baselineParams,
  // A lock of its own: the newest baseline of a system is found by it.
  lock: ({ system }) => `baseline:${system}`,
  onLocked: 'refuse',
  system: ({ system }) => system,
  steps: [measure],
  leaves: 'Nothing: the manifest appears only when it is whole.',
  card: showBaseline,
  report: reportBaseline,
  preview: previewBaseline,
})
