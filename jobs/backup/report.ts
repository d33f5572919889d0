import { markTime } from '../../src/domain/text.ts'
import type { JobView } from '../../src/domain/view.ts'
import type { JobReport } from '../../src/engine/define-job.ts'
import { outputOf } from '../output-of.ts'
import { backupParams, dumpOutput, proveOutput } from './params.ts'

export function reportBackup(view: JobView): JobReport {
  const { system } = backupParams.parse(view.job.params)
  const dump = outputOf(view, 'dump', dumpOutput)
  const proof = outputOf(view, 'prove', proveOutput)
  const quiet = { lost: [], left: [], undo: false, recovers: false }
  if (dump === null) return { summary: `${system} has no new backup`, proven: [], ...quiet }
  const size = `${(dump.bytes / 1e6).toFixed(1)} MB`
  const read = proof === null ? 'not yet read back' : 'readable to its end'
  const { id, tables, rows, takenAt } = dump
  const proven = proof === null ? [] : [`${id}: ${tables} tables, ${rows} rows, ${proof.tocEntries} entries read back`]
  return { summary: `${system} is in ${id} of ${markTime(takenAt, 'both')}, ${size}, ${read}`, proven, ...quiet }
}

export function showBackup(view: JobView): { headline: string; lines: string[] } {
  const { system } = backupParams.parse(view.job.params)
  const dump = outputOf(view, 'dump', dumpOutput)
  const lines = ['The database is only read.']
  if (dump !== null) lines.push(`${dump.id} · ${dump.tables} tables, ${dump.rows} rows`)
  return { headline: `dump of ${system}`, lines }
}
