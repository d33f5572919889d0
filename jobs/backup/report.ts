import type { z } from 'zod'
import { writeCount } from '../../src/domain/count.ts'
import { describeError, type ErrorMessage } from '../../src/domain/errors/error-message.ts'
import { describeNotInBackup } from '../../src/domain/not-in-backup.ts'
import { markTime, plainText } from '../../src/domain/text.ts'
import type { JobView } from '../../src/domain/view.ts'
import type { GivenReport, JobDocument } from '../../src/engine/define-job.ts'
import { outputOf } from '../output-of.ts'
import { backupParams, dumpOutput, proveOutput, rehearseOutput, takeOutput } from './params.ts'

export function reportBackup(view: JobView): GivenReport {
  const { system } = backupParams.parse(view.job.params)
  const dump = outputOf(view, 'dump', dumpOutput)
  const proof = outputOf(view, 'prove', proveOutput)
  const taken = outputOf(view, 'take', takeOutput)
  if (taken !== null) {
    const size = `${(taken.bytes / 1e6).toFixed(1)} MB of ${(taken.clusterBytes / 1e6).toFixed(1)} MB`
    const summary = `${system} is in ${taken.id}, ${taken.type}, of ${markTime(taken.takenAt, 'both')}, ${size}`
    return {
      summary,
      left: taken.problem === null ? [] : [plainText(describeError(taken.problem))],
    }
  }
  if (dump === null) return { summary: `${system} has no new backup` }
  const size = `${(dump.bytes / 1e6).toFixed(1)} MB`
  const rehearsed = outputOf(view, 'rehearse', rehearseOutput)
  const read = proof === null ? 'not yet read back' : 'readable to its end'
  const { id, tables, rows, takenAt } = dump
  const proven = [
    ...(proof === null
      ? []
      : [
          `${id}: ${writeCount(tables)} tables, ${writeCount(rows)} rows, ${writeCount(proof.tocEntries)} entries read back`,
        ]),
    ...(rehearsed === null || rehearsed.problem !== null
      ? []
      : [`${writeCount(rehearsed.objects)} definitions rehearsed in a scratch database`]),
  ]
  return {
    summary: `${system} is in ${id} of ${markTime(takenAt, 'both')}, ${size}, ${read}`,
    proven,
    left: describeRehearsal(rehearsed, nameFile(view.job)),
  }
}

const NAMED = 10

type Rehearsed = z.infer<typeof rehearseOutput>

/** What the archive does not bring back, or why nobody knows. */
function describeRehearsal(rehearsed: Rehearsed | null, file: string): string[] {
  if (rehearsed === null) return []
  const { problem, notInBackup, doubts } = rehearsed
  const names = notInBackup.slice(0, NAMED).map((one) => plainText(describeNotInBackup(one)))
  const more = notInBackup.length - names.length
  return [
    ...(problem === null ? [] : [sayProblem(problem)]),
    ...doubts.slice(0, NAMED).map(sayDoubt),
    ...(doubts.length > NAMED ? [`may not load: ${doubts.length - NAMED} more, in ${file} of the thread`] : []),
    ...names.map((name) => `not in this backup: ${name}`),
    ...(more > 0 ? [`not in this backup: ${more} more, in ${file} of the thread`] : []),
  ]
}

function sayDoubt({ object, reads }: Rehearsed['doubts'][number]): string {
  return `may not load: ${object} asks ${reads.join(', ')}, which may be empty by then`
}

const nameFile = ({ id }: { readonly id: string }) => `${id}.txt`

/** All that a backup lacks or may not bring back; null where its card names all of it. */
export function documentBackup(view: JobView): JobDocument | null {
  const rehearsed = outputOf(view, 'rehearse', rehearseOutput)
  if (rehearsed === null || Math.max(rehearsed.doubts.length, rehearsed.notInBackup.length) <= NAMED) return null
  const missing = rehearsed.notInBackup.map((one) => `not in this backup: ${describeNotInBackup(one)}`)
  return { name: nameFile(view.job), text: `${[...rehearsed.doubts.map(sayDoubt), ...missing].join('\n')}\n` }
}

function sayProblem(problem: ErrorMessage): string {
  const said = describeError(problem)
  return problem.code === 'archive_unloadable'
    ? `not loadable as it is: ${said}`
    : `not rehearsed, so it may not be loadable: ${said}`
}

export function showBackup(view: JobView): { headline: string; lines: string[] } {
  const { system } = backupParams.parse(view.job.params)
  const taken = outputOf(view, 'take', takeOutput)
  const dump = outputOf(view, 'dump', dumpOutput)
  const lines = ['The database is only read.']
  if (view.steps.some((step) => step.name === 'take')) {
    const line = taken === null ? [] : [`${taken.id} · ${taken.type}`]
    return { headline: `backup of the cluster of ${system}`, lines: [...lines, ...line] }
  }
  if (dump !== null) lines.push(`${dump.id} · ${writeCount(dump.tables)} tables, ${writeCount(dump.rows)} rows`)
  lines.push(
    ...describeRehearsal(outputOf(view, 'rehearse', rehearseOutput), nameFile(view.job)).map((line) => `⚠ ${line}`),
  )
  return { headline: `dump of ${system}`, lines }
}
