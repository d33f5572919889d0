import { defineJob } from '../../src/engine/define-job.ts'
import { choose } from '../compare/steps/choose.ts'
import { type RepairParams, repairParams } from './params.ts'
import { previewRepair } from './preview.ts'
import { reportRepair, showRepair } from './report.ts'
import { commit } from './steps/commit.ts'
import { confirm } from './steps/confirm.ts'
import { look } from './steps/look.ts'
import { rehearse } from './steps/rehearse.ts'
import { write } from './steps/write.ts'
import { whyRepairStays } from './why-no-undo.ts'

/** Brings rows that differ back from another database: tried and rolled back first, committed after approval. */
export const repair = defineJob<RepairParams>({
  name: 'repair',
  summary: 'Brings rows that differ back from another database, by key: dry run, approval, commit, undo.',
  params: repairParams,
  lock: ({ system }) => `database:${system}`,
  onLocked: 'refuse',
  system: ({ system }) => system,
  steps: [choose, write, look, rehearse, commit, confirm],
  plan: ({ undoes }) =>
    undoes === undefined ? ['choose', 'write', 'rehearse', 'commit', 'confirm'] : ['look', 'rehearse', 'commit'],
  leaves: 'Nothing before the commit; `.repair-<job>` on the worker keeps whole rows as SQL until somebody deletes it.',
  card: showRepair,
  report: reportRepair,
  preview: previewRepair,
  takesBack: ({ undoes }) => undoes,
  noUndo: whyRepairStays,
  undoneBy: ({ job }) => ({
    kind: 'repair',
    params: { system: repairParams.parse(job.params).system, undoes: job.id },
  }),
})
