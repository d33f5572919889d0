import { defineJob } from '../../src/engine/define-job.ts'
import { documentLoss } from '../restore/document.ts'
import { findStanding } from '../restore/find-standing.ts'
import { drawUndo } from './card.ts'
import { undoParams } from './params.ts'
import { reportUndo } from './report.ts'
import { check } from './steps/check.ts'
import { confirm } from './steps/confirm.ts'
import { switchBack } from './steps/switch.ts'

/** Takes a switch back: the database that was live before becomes live again, today's is kept. */
export const undo = defineJob({
  name: 'undo',
  summary: 'Switches back to the database that was live before; shows what was written since and asks for approval.',
  params: undoParams,
  lock: ({ system }) => `database:${system}`,
  onLocked: 'refuse',
  system: ({ system }) => system,
  steps: [check, switchBack, confirm],
  leaves: 'Nothing before the switch; after it the former live database as `<db>_undone_<n>`.',
  card: drawUndo,
  report: reportUndo,
  takesBack: ({ job }) => job,
  stands: findStanding,
  document: documentLoss,
})
