import { SalvorError } from '../src/domain/errors/fail.ts'
import type { LookContext } from '../src/engine/define-step.ts'

/** The folder of a system's pg_dump archives: the first that its plan names. Throws command_usage where it names none. */
export function findBackupFolder(context: LookContext<{ system: string }>): string {
  const { system } = context.params
  const backups = context.postgres(system).backups.find((each) => each.kind === 'pg_dump')
  if (backups !== undefined) return context.resolvePath(backups.path)
  throw new SalvorError('command_usage', {
    problem: `The plan names no folder for dumps of ${system}.`,
    usage: `systems.${system}.backups: [{ kind: pg_dump, path: … }]`,
  })
}
