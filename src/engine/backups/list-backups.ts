import { type JudgedPoint, judgeOrigin, type KnownDatabase } from '../../domain/archive-origin.ts'
import type { RecoveryPlan } from '../../domain/recovery-plan.ts'
import type { TargetAddress } from '../../ports/content-tools.ts'
import type { StoreReader } from '../../ports/reader.ts'
import type { Tools } from '../../ports/tools.ts'
import { nameInAddress } from '../address.ts'
import { findLineage } from './find-lineage.ts'

/** What is needed to say which backups there are of a system, and whose they are. */
export interface BackupsReach {
  readonly plan: RecoveryPlan
  readonly tools: Pick<Tools, 'archives' | 'databases'>
  readonly store: Pick<StoreReader, 'listSucceededJobs'>
  readonly target: TargetAddress
  resolvePath(path: string): string
}

/**
 * Every archive in the folders that the plan names for a system, each with its origin: restore, verify, baseline and
 * the list that people see all choose among these. A server that does not answer is no error: then only names and the
 * journal tell.
 */
export async function listBackups(reach: BackupsReach, system: string): Promise<JudgedPoint[]> {
  const found = reach.plan.systems[system]
  const folders = found?.kind === 'postgres' ? found.backups.filter((one) => one.kind === 'pg_dump') : []
  if (folders.length === 0) return []
  const known = await knowDatabase(reach, system)
  const lists = await Promise.all(folders.map(({ path }) => reach.tools.archives.list(reach.resolvePath(path))))
  return lists.flat().map((point) => ({ ...point, origin: judgeOrigin(point.source, known) }))
}

/** What tells the system's own archives and manifests from others. */
export async function knowDatabase(
  reach: Pick<BackupsReach, 'tools' | 'store' | 'target'>,
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
