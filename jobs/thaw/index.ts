import { SalvorError } from '../../src/domain/errors/fail.ts'
import { defineJob } from '../../src/engine/define-job.ts'
import { showThawChanges } from './changes.ts'
import { type ThawParams, thawParams } from './params.ts'
import { previewThaw } from './preview.ts'
import { reportThaw, showThaw } from './report.ts'
import { look } from './steps/look.ts'
import { open } from './steps/open.ts'
import { prove } from './steps/prove.ts'
import { start } from './steps/start.ts'

export const thaw = defineJob<ThawParams>({
  name: 'thaw',
  summary: 'Opens a frozen system again: starts exactly what a freeze stopped.',
  params: thawParams,
  lock: ({ system }) => `freeze:${system}`,
  onLocked: 'refuse',
  system: ({ system }) => system,
  steps: [look, open, start, prove],
  leaves: 'What it has not yet opened stays frozen; `retry` or another `thaw` goes on.',
  card: showThaw,
  report: reportThaw,
  preview: previewThaw,
  changes: showThawChanges,
  noUndo: ({ job }) =>
    new SalvorError('undo_other', { job: job.id, way: `freeze ${thawParams.parse(job.params).system}` }),
})
