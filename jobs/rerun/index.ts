import { SalvorError } from '../../src/domain/errors/fail.ts'
import { defineJob } from '../../src/engine/define-job.ts'
import { sayCommand } from '../say-command.ts'
import { type RerunParams, rerunParams } from './params.ts'
import { reportRerun, showRerun } from './report.ts'
import { check } from './steps/check.ts'
import { look } from './steps/look.ts'
import { run } from './steps/run.ts'

/** Runs a migration of the plan again, after approval, and looks at what it left. */
export const rerun = defineJob<RerunParams>({
  name: 'rerun',
  summary: 'Runs the plan’s migration again after approval, follows it, and checks what it left.',
  params: rerunParams,
  lock: ({ system }) => `database:${system}`,
  onLocked: 'refuse',
  system: ({ system }) => system,
  steps: [look, run, check],
  leaves: 'What the migration has written until it ended or was stopped: its own log says how far it came.',
  card: showRerun,
  report: reportRerun,
  preview: ({ migration, system }, plan) => ({
    does: { run: [sayCommand(plan.migrations[migration]?.rerun ?? [])], check: ['-- the checks of the system'] },
    back: `none of its own; \`restore ${system}\``,
  }),
  noUndo: ({ job }) =>
    new SalvorError('undo_unrecorded', { job: job.id, system: rerunParams.parse(job.params).system }),
})
