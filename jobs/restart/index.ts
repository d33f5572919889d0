import { SalvorError } from '../../src/domain/errors/fail.ts'
import { defineJob } from '../../src/engine/define-job.ts'
import { showRestartChanges } from './changes.ts'
import { type RestartParams, restartParams } from './params.ts'
import { planRestart } from './plan.ts'
import { previewRestart } from './preview.ts'
import { reportRestart, showRestart } from './report.ts'
import { health } from './steps/health.ts'
import { look } from './steps/look.ts'
import { restart as restartStep } from './steps/restart.ts'

export const restart = defineJob<RestartParams>({
  name: 'restart',
  summary: 'Restarts a service and proves it: a new process, alive after settling, healthy.',
  params: restartParams,
  lock: ({ service }) => `service:${service}`,
  onLocked: 'refuse',
  system: ({ service }) => service,
  steps: [look, restartStep, health],
  plan: planRestart,
  leaves: 'The service as its own start left it: possibly down. The failure says which and shows its last log lines.',
  card: showRestart,
  report: reportRestart,
  preview: previewRestart,
  changes: showRestartChanges,
  noUndo: ({ job }) =>
    new SalvorError('undo_restart', { job: job.id, service: restartParams.parse(job.params).service }),
})
