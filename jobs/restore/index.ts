import { defineJob } from '../../src/engine/define-job.ts'
import { drawRestore } from './card.ts'
import { showRestoreChanges } from './changes.ts'
import { documentLoss } from './document.ts'
import { findStanding } from './find-standing.ts'
import { helpRestore } from './help-restore.ts'
import { restoreParams } from './params.ts'
import { planRestore } from './plan.ts'
import { previewRestore } from './preview.ts'
import { reportRestore } from './report.ts'
import { analyze } from './steps/analyze.ts'
import { choose } from './steps/choose.ts'
import { create } from './steps/create.ts'
import { load } from './steps/load.ts'
import { preflight } from './steps/preflight.ts'
import { recover } from './steps/recover.ts'
import { switchOver } from './steps/switch.ts'
import { verify } from './steps/verify.ts'

/** Restores a backup beside the live database, proves it, and switches once it was approved. */
export const restore = defineJob({
  name: 'restore',
  summary: 'Restores beside the live database, verifies, and switches once somebody else has approved.',
  params: restoreParams,
  lock: ({ system }) => `database:${system}`,
  onLocked: 'refuse',
  system: ({ system }) => system,
  steps: [choose, recover, preflight, create, load, analyze, verify, switchOver],
  plan: planRestore,
  leaves:
    'A side database `<db>_side_<n>`, named on the card; `stop` drops it. The live database is untouched until the switch, and kept as `<db>_old_<n>` after it. A backup of a cluster is brought up in the scratch folder of the plan, which is emptied afterwards; what cannot be removed is named on the card.',
  card: drawRestore,
  report: reportRestore,
  stands: findStanding,
  instead: helpRestore,
  preview: previewRestore,
  document: documentLoss,
  changes: showRestoreChanges,
})
