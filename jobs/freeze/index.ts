import { SalvorError } from '../../src/domain/errors/fail.ts'
import { defineJob } from '../../src/engine/define-job.ts'
import { showFreezeChanges } from './changes.ts'
import { type FreezeParams, freezeParams } from './params.ts'
import { planFreeze } from './plan.ts'
import { previewFreeze } from './preview.ts'
import { reportFreeze, showFreeze } from './report.ts'
import { halt } from './steps/halt.ts'
import { hold } from './steps/hold.ts'
import { look } from './steps/look.ts'
import { prove } from './steps/prove.ts'
import { stop } from './steps/stop.ts'

export const freeze = defineJob<FreezeParams>({
  name: 'freeze',
  summary: 'Stops the migration and keeps new writes from a system.',
  params: freezeParams,
  // Not the database's lock: freezing must be possible while a restore holds that one.
  lock: ({ system }) => `freeze:${system}`,
  onLocked: 'refuse',
  system: ({ system }) => system,
  steps: [look, halt, stop, hold, prove],
  plan: planFreeze,
  leaves: 'What it has stopped so far stays stopped, each thing on record: `thaw` starts exactly those again.',
  card: showFreeze,
  report: reportFreeze,
  preview: previewFreeze,
  changes: showFreezeChanges,
  noUndo: ({ job }) =>
    new SalvorError('undo_other', { job: job.id, way: `thaw ${freezeParams.parse(job.params).system}` }),
})
