import { writeCount } from '../../src/domain/count.ts'
import { showRemedy } from '../../src/domain/loose-remedy.ts'
import { describeEffect, describeReplay } from '../../src/domain/remedy.ts'
import { isInDoubt } from '../../src/domain/step.ts'
import { findOpenApproval, type JobView } from '../../src/domain/view.ts'
import type { GivenReport } from '../../src/engine/define-job.ts'
import { outputOf } from '../output-of.ts'
import {
  commitOutput,
  confirmOutput,
  executeOutput,
  fixParams,
  lookOutput,
  type RejectGroups,
  rehearseOutput,
} from './params.ts'

/** «widen-contact-phone committed on orders-db, 4 rejected rows loaded». */
export function reportFix(view: JobView): GivenReport {
  const { system, remedy, undoes } = fixParams.parse(view.job.params)
  const committed = outputOf(view, 'commit', commitOutput)
  const executed = outputOf(view, 'execute', executeOutput)
  const looked = outputOf(view, 'look', lookOutput)
  if (executed !== null)
    return {
      summary: `${showRemedy(remedy)} ran on ${system}: ${executed.said}`,
      left: ['what it did is not proven'],
    }
  if (committed === null) return { summary: `${showRemedy(remedy)} changed nothing on ${system}` }
  const confirmed = outputOf(view, 'confirm', confirmOutput)
  const loaded = Object.values(committed.replay ?? {}).reduce((sum, one) => sum + one.loaded, 0)
  const also = committed.replay === null ? '' : `, ${writeCount(loaded)} rejected rows loaded`
  return {
    summary: `${showRemedy(remedy)} ${undoes === undefined ? 'committed' : 'taken back'} on ${system}${also}`,
    proven: [
      ...describeEffect(committed.effect),
      ...(committed.replay === null ? [] : describeReplay(committed.replay, 'did')),
      ...(confirmed === null ? [] : sayCounts(looked?.groups ?? [], confirmed.groups)),
    ],
    left: (confirmed?.groups ?? []).map(
      ({ target, code, rows }) => `${writeCount(rows)} rejected rows of ${target} (${code})`,
    ),
    undo: undoes === undefined && looked?.undo === true,
    ends: undoes === undefined ? undefined : [undoes],
  }
}

/** What its card says below the checklist: what the dry run saw, then what became of it. */
export function showFix(view: JobView): { headline: string; lines: string[] } {
  const { system = '', remedy = '', undoes } = fixParams.partial().safeParse(view.job.params).data ?? {}
  const committed = outputOf(view, 'commit', commitOutput)
  const dryRun = outputOf(view, 'rehearse', rehearseOutput) ?? outputOf(view, 'try', rehearseOutput)
  const looked = outputOf(view, 'look', lookOutput)
  const confirmed = outputOf(view, 'confirm', confirmOutput)
  const shown = committed ?? dryRun
  const tense = committed === null ? 'would' : 'did'
  const lines = shown === null ? [] : [...describeEffect(shown.effect), ...describeReplay(shown.replay ?? {}, tense)]
  const first = committed === null ? 'Dry run, rolled back:' : 'Committed:'
  const waits =
    findOpenApproval(view)?.state === 'asked'
      ? ` A person must approve ${dryRun === null ? 'the dry run' : 'the commit'}.`
      : ''
  const commit = view.steps.find(({ name }) => name === 'commit')?.state
  const live =
    commit === 'running'
      ? 'Committing: the live database is being changed.'
      : isInDoubt(commit)
        ? 'It is being found out whether it was committed.'
        : `Live database unchanged.${waits}`
  return {
    headline:
      undoes === undefined ? `${showRemedy(remedy)} on ${system}` : `${showRemedy(remedy)} on ${system}, taken back`,
    lines: [
      ...(shown === null ? [] : [first, ...(lines.length > 0 ? lines : ['no row was touched'])]),
      ...(confirmed === null ? [] : sayCounts(looked?.groups ?? [], confirmed.groups)),
      ...(committed === null && looked?.argv === null ? [live] : []),
    ],
  }
}

/** `rejects of customer_contacts, 22001: 4 → 0` */
function sayCounts(before: RejectGroups, after: RejectGroups): string[] {
  const now = (target: string, code: string) =>
    after.find((group) => group.target === target && group.code === code)?.rows ?? 0
  return before.map(({ target, code, rows }) => {
    const kind = code === '-' ? '' : `, ${code}`
    return `rejects of ${target}${kind}: ${writeCount(rows)} → ${writeCount(now(target, code))}`
  })
}
