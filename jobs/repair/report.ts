import { writeCount } from '../../src/domain/count.ts'
import { describeEffect } from '../../src/domain/remedy.ts'
import { isInDoubt } from '../../src/domain/step.ts'
import { plainText } from '../../src/domain/text.ts'
import { findOpenApproval, type JobView } from '../../src/domain/view.ts'
import type { GivenReport } from '../../src/engine/define-job.ts'
import { chooseOutput } from '../compare/params.ts'
import { nameOther } from '../compare/report.ts'
import { commitOutput, rehearseOutput } from '../fix/params.ts'
import { outputOf } from '../output-of.ts'
import { describeAltered, describeBehind, describeLeft } from './describe.ts'
import { confirmOutput, fileOutput, repairParams } from './params.ts'

/** «orders-db repaired from its source: 3 inserted, 1 updated». */
export function reportRepair(view: JobView): GivenReport {
  const { system, undoes } = repairParams.parse(view.job.params)
  const committed = outputOf(view, 'commit', commitOutput)
  if (committed === null) return { summary: `nothing was repaired on ${system}` }
  const confirmed = outputOf(view, 'confirm', confirmOutput)
  const file = findFile(view)
  return {
    summary: undoes === undefined ? `${system} repaired from ${nameFrom(view)}` : `${undoes} taken back on ${system}`,
    proven: [
      ...describeEffect(committed.effect),
      ...(confirmed === null
        ? []
        : [`compared again: ${writeCount(confirmed.rows)} rows in ${writeCount(confirmed.tables)} tables`]),
    ],
    left: [
      ...describeLeft(file?.tables ?? []),
      ...describeAltered(committed.rows),
      ...describeBehind(committed.rows),
      ...(file === null
        ? []
        : [`${plainText(file.file.path)} on the worker holds whole rows, until somebody deletes it`]),
    ],
    undo: undoes === undefined,
    ends: undoes === undefined ? undefined : [undoes],
  }
}

/** What its card says below the checklist: what the dry run saw, then what became of it. */
export function showRepair(view: JobView): { headline: string; lines: string[] } {
  const { system = '', undoes } = repairParams.partial().safeParse(view.job.params).data ?? {}
  const committed = outputOf(view, 'commit', commitOutput)
  const dryRun = outputOf(view, 'rehearse', rehearseOutput)
  const shown = committed ?? dryRun
  const file = findFile(view)
  const waits = findOpenApproval(view)?.state === 'asked' ? ' A person must approve the commit.' : ''
  const commit = view.steps.find(({ name }) => name === 'commit')?.state
  const live =
    commit === 'running'
      ? 'Committing: the live database is being changed.'
      : isInDoubt(commit)
        ? 'It is being found out whether it was committed.'
        : `Live database unchanged.${waits}`
  return {
    headline: undoes === undefined ? `${system} from ${nameFrom(view)}` : `${system}, taking back ${undoes}`,
    lines: [
      ...(shown === null
        ? []
        : [committed === null ? 'Dry run, rolled back:' : 'Committed:', ...describeEffect(shown.effect)]),
      ...describeLeft(file?.tables ?? []).map((line) => `⚠ ${line}`),
      ...[...describeAltered(shown?.rows ?? null), ...describeBehind(shown?.rows ?? null)].map((line) => `⚠ ${line}`),
      ...(committed === null ? [live] : []),
    ],
  }
}

function findFile(view: JobView) {
  return outputOf(view, 'write', fileOutput) ?? outputOf(view, 'look', fileOutput)
}

function nameFrom(view: JobView): string {
  const choice = outputOf(view, 'choose', chooseOutput)
  const { with: asked } = repairParams.partial().safeParse(view.job.params).data ?? {}
  return choice === null ? (asked ?? 'its source') : nameOther(choice)
}
