import { SalvorError } from '../domain/errors/fail.ts'
import type { PlaceState } from '../ports/backup-providers.ts'

/** What keeps a place of backups from being used, from whatever was thrown. */
export function describeProblem(thrown: unknown): NonNullable<PlaceState['problem']> {
  const error =
    thrown instanceof SalvorError
      ? thrown
      : new SalvorError('unexpected', { seen: thrown instanceof Error ? thrown.message : String(thrown) })
  return { code: error.code, said: error.message, hint: error.hint }
}
