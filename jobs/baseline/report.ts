import { writeCount } from '../../src/domain/count.ts'
import { markTime } from '../../src/domain/text.ts'
import type { JobView } from '../../src/domain/view.ts'
import type { GivenReport } from '../../src/engine/define-job.ts'
import { outputOf } from '../output-of.ts'
import { baselineParams, measureOutput } from './params.ts'

export function reportBaseline(view: JobView): GivenReport {
  const { system } = baselineParams.parse(view.job.params)
  const kept = outputOf(view, 'measure', measureOutput)
  const said = kept === null ? 'has no new baseline' : `was measured at ${markTime(kept.takenAt, 'both')}`
  const proven =
    kept === null
      ? []
      : [`baseline of ${writeCount(kept.tables)} tables, ${writeCount(kept.rows)} rows, sha256 ${kept.sha256}`]
  return { summary: `${system} ${said}`, proven }
}

export function showBaseline(view: JobView): { headline: string; lines: string[] } {
  const { system } = baselineParams.parse(view.job.params)
  const kept = outputOf(view, 'measure', measureOutput)
  const lines = ['The database is only read.']
  if (kept !== null) lines.push(`${writeCount(kept.tables)} tables, ${writeCount(kept.rows)} rows`)
  return { headline: `measures ${system}`, lines }
}
