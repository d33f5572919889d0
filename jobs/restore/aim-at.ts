import { type JudgedPoint, listOwn } from '../../src/domain/archive-origin.ts'
import { SalvorError } from '../../src/domain/errors/fail.ts'
import type { RecoveryMoment } from '../../src/domain/physical-backup.ts'
import { findNamed } from '../../src/domain/restore-choice.ts'
import { findStanza } from '../../src/engine/backups/places.ts'
import type { StepContext } from '../../src/engine/define-step.ts'
import type { RestoreParams } from './params.ts'

/**
 * The backup from which a moment is reached, among the system's own or the one that was named; judged now, so that
 * nobody is asked for what cannot be done.
 */
export async function aimAt(
  context: StepContext<RestoreParams>,
  points: readonly JudgedPoint[],
  wanted: RecoveryMoment,
): Promise<{ readonly candidates: readonly JudgedPoint[]; readonly moment: RecoveryMoment }> {
  const { system, backup } = context.params
  const found = await listCandidates(points, system, backup)
  const physical = found[0]?.physical
  if (physical === undefined)
    throw new SalvorError('moment_unsupported', { system, why: 'none of its backups is one of a cluster' })
  const place = findStanza(context.postgres(system), physical, context.resolvePath)
  const same = found.filter((one) => one.physical?.place === physical.place)
  const { signal } = context
  const { point, moment } = await context.tools.backups.pgbackrest.aim({ place, points: same, moment: wanted, signal })
  const candidate = same.find((one) => one.id === point.id)
  return { candidates: candidate === undefined ? [] : [candidate], moment }
}

async function listCandidates(
  points: readonly JudgedPoint[],
  system: string,
  backup: string | undefined,
): Promise<JudgedPoint[]> {
  if (backup === undefined || backup === 'latest') return listOwn(points).filter((one) => one.physical !== undefined)
  const named = findNamed(points, backup)
  if (named === undefined) throw new SalvorError('backup_unknown', { backup, system, nearest: points[0]?.id ?? 'none' })
  if (named.physical !== undefined) return [named]
  throw new SalvorError('moment_unsupported', { system, why: `${named.id} is a dump` })
}
