import { SalvorError } from '../src/domain/errors/fail.ts'
import type { LookContext } from '../src/engine/define-step.ts'

/** The folder of a system's pg_dump archives; null where its plan names none. */
function seekBackupFolder(context: LookContext<{ system: string }>): string | null {
  const backups = context.postgres(context.params.system).backups.find((each) => each.kind === 'pg_dump')
  return backups === undefined ? null : context.resolvePath(backups.path)
}

/** The folder of a system's pg_dump archives: the first that its plan names. Throws command_usage where it names none. */
export function findBackupFolder(context: LookContext<{ system: string }>): string {
  const { system } = context.params
  const folder = seekBackupFolder(context)
  if (folder !== null) return folder
  throw new SalvorError('command_usage', {
    problem: `The plan names no folder for dumps of ${system}.`,
    usage: `systems.${system}.backups: [{ kind: pg_dump, path: … }]`,
  })
}

/** Where a job keeps files on its worker: the folder of dumps, else that in which clusters are brought up; null for neither. */
export function seekKeepFolder(context: LookContext<{ system: string }>): string | null {
  const { backups } = context.postgres(context.params.system)
  const scratch = backups.find((each) => each.kind === 'pgbackrest')?.scratch
  return seekBackupFolder(context) ?? (scratch === undefined ? null : context.resolvePath(scratch.folder))
}
