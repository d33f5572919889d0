import { defineJob } from '../../src/engine/define-job.ts'
import { type FixParams, fixParams } from './params.ts'
import { planFix } from './plan.ts'
import { previewFix } from './preview.ts'
import { reportFix, showFix } from './report.ts'
import { commit } from './steps/commit.ts'
import { confirm } from './steps/confirm.ts'
import { execute } from './steps/execute.ts'
import { look } from './steps/look.ts'
import { rehearse } from './steps/rehearse.ts'
import { tryAfterApproval } from './steps/try.ts'
import { whyFixStays } from './why-no-undo.ts'

/** Runs a remedy of the plan: tried and rolled back first, committed once somebody else has approved what was seen. */
export const fix = defineJob<FixParams>({
  name: 'fix',
  summary: 'Tries a remedy of the plan and rolls it back, shows what it did, and commits it after approval.',
  params: fixParams,
  lock: ({ system }) => `database:${system}`,
  onLocked: 'refuse',
  system: ({ system }) => system,
  steps: [look, rehearse, tryAfterApproval, commit, confirm, execute],
  plan: planFix,
  leaves: 'Nothing before the commit; files of rejects keep a copy `<file>.<job>` beside them after it.',
  card: showFix,
  report: reportFix,
  preview: previewFix,
  takesBack: ({ undoes }) => undoes,
  noUndo: whyFixStays,
  undoneBy: ({ job }) => {
    const { system, remedy, ask, undoSharedBy: sharedBy } = fixParams.parse(job.params)
    const more = { ...(ask === true ? { ask } : {}), ...(sharedBy === undefined ? {} : { sharedBy }) }
    return { kind: 'fix', params: { system, remedy, undoes: job.id, ...more } }
  },
})
