import { join } from 'node:path'
import type { LookContext } from '../../src/engine/define-step.ts'
import type { RemedyRun } from '../../src/ports/remedy-tools.ts'
import { findBackupFolder, seekKeepFolder } from '../backup-folder.ts'
import { type FileOutput, fileOutput, type RepairParams } from './params.ts'

/** Milliseconds that one row may take: triggers may do much. */
const withinMs = 60_000

/** What the job will run, whichever step found it. */
export function readFound(context: Pick<LookContext<RepairParams>, 'outputOf'>): FileOutput {
  return fileOutput.parse(context.outputOf('write') ?? context.outputOf('look'))
}

/** What both the dry run and the commit run: the file by its hash. */
export function readRun(context: LookContext<RepairParams>): RemedyRun {
  const { file, by, undo } = readFound(context)
  const { params, signal } = context
  return {
    target: context.target(params.system),
    statements: [],
    rejects: null,
    rows: { file, job: by, undo },
    ...{ withinMs, signal },
  }
}

/** Where a job keeps its files on its worker; throws command_usage where the plan names no place. */
export function findFolder(context: LookContext<RepairParams>): string {
  return join(seekKeepFolder(context) ?? findBackupFolder(context), `.repair-${context.job.id}`)
}
