import { type JudgedPoint, judgeCluster, judgeOrigin, type KnownDatabase } from '../../domain/archive-origin.ts'
import type { RestorePoint } from '../../domain/content.ts'
import { SalvorError } from '../../domain/errors/fail.ts'
import type { RecoveryPlan } from '../../domain/recovery-plan.ts'
import type { BackupPlace } from '../../ports/backup-providers.ts'
import type { TargetAddress } from '../../ports/content-tools.ts'
import type { StoreReader } from '../../ports/reader.ts'
import type { Tools } from '../../ports/tools.ts'
import { nameInAddress } from '../address.ts'
import { findLineage } from './find-lineage.ts'
import { listPlaces } from './places.ts'

/** What is needed to say which backups there are of a system, and whose they are. */
export interface BackupsReach {
  readonly plan: RecoveryPlan
  readonly tools: Pick<Tools, 'backups' | 'databases'>
  readonly store: Pick<StoreReader, 'listSucceededJobs'>
  readonly target: TargetAddress
  readonly signal?: AbortSignal
  resolvePath(path: string): string
}

/** Longest that one place may take to say what it holds. */
const LIST_MS = 60_000

/**
 * Every backup in the places that the plan names for a system, each with its origin: restore, verify, baseline and
 * the list that people see all choose among these. A server that does not answer is no error: then only names and the
 * journal tell. A place that cannot be read hides no other: `onProblem` hears of it; without one it is thrown.
 */
export async function listBackups(
  reach: BackupsReach,
  system: string,
  onProblem?: (problem: SalvorError) => void,
): Promise<JudgedPoint[]> {
  const found = reach.plan.systems[system]
  const places = found?.kind === 'postgres' ? listPlaces(found, reach.resolvePath) : []
  if (places.length === 0) return []
  const known = await knowDatabase(reach, system)
  const lists = await Promise.all(
    places.map((place) =>
      listPlace(reach, place).catch((thrown: unknown) => {
        if (onProblem === undefined || !(thrown instanceof SalvorError)) throw thrown
        onProblem(thrown)
        return []
      }),
    ),
  )
  return lists.flat().map((point) => judgePoint(point, known))
}

/** A point with whose it is. */
export function judgePoint(point: RestorePoint, known: KnownDatabase): JudgedPoint {
  const isCluster = point.physical !== undefined
  const origin = isCluster ? judgeCluster(point.source.systemIdentifier, known) : judgeOrigin(point.source, known)
  return { ...point, origin }
}

function listPlace({ tools, signal }: BackupsReach, place: BackupPlace): Promise<RestorePoint[]> {
  const limit = AbortSignal.timeout(LIST_MS)
  const until = signal === undefined ? limit : AbortSignal.any([signal, limit])
  return place.kind === 'pg_dump'
    ? tools.backups.pg_dump.list(place, until)
    : tools.backups.pgbackrest.list(place, until)
}

/** What tells the system's own archives and manifests from others. */
export async function knowDatabase(
  reach: Pick<BackupsReach, 'store' | 'target'> & { readonly tools: Pick<Tools, 'databases'> },
  system: string,
): Promise<KnownDatabase> {
  const [lineage, server] = await Promise.all([
    findLineage(reach.store, system),
    reach.tools.databases.lookUp(reach.target).catch(() => null),
  ])
  return {
    name: nameInAddress(reach.target.url),
    systemIdentifier: server?.systemIdentifier ?? null,
    oid: server?.live?.oid ?? null,
    standing: new Map(server?.databases.map(({ oid, name }) => [oid, name]) ?? []),
    lineage,
  }
}
