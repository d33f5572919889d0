import type { RestorePoint } from '../../domain/content.ts'
import { toError } from '../../domain/errors/error-message.ts'
import { SalvorError } from '../../domain/errors/fail.ts'
import type { ClusterProvider } from '../../ports/backup-providers.ts'
import type { PostgresPrograms } from '../archives/postgres-programs.ts'
import { aimAt } from './aim.ts'
import { readInfo } from './info.ts'
import { describeBackups } from './list.ts'
import { physicalOf } from './restore.ts'
import type { PgBackRestDeps } from './run.ts'
import { checkBase, readFree } from './scratch/folder.ts'
import { findMissingSegment } from './wal/read-archive.ts'

/** The copy of one database out of the cluster can be as large as the cluster, and rarely is. */
const COPY_SHARE = 0.5
const BASE_BYTES = 256e6

type Prove = Parameters<ClusterProvider['prove']>[0]

/** See the port: everything that can be told before the first byte is restored. */
export async function proveBackup(
  deps: PgBackRestDeps & { readonly programs: PostgresPrograms },
  of: Prove,
): Promise<void> {
  const found = await findAgain(deps, of)
  await refuseWithoutWal(deps, of, found)
  const { place, moment, signal } = of
  // Of what was archived when it was chosen, some may have expired since.
  if (moment !== null) await aimAt(deps, { place, points: [found], moment, signal })
  await refuseWithoutRoom(of)
}

/** As the repository lists it now. Throws what keeps it from being used. */
async function findAgain(deps: PgBackRestDeps, { place, point, listed, signal }: Prove): Promise<RestorePoint> {
  const { label, repo } = physicalOf(point)
  const now = listed ?? describeBackups(place, await readInfo(deps, place, signal))
  const found = now.find((one) => one.physical?.label === label && one.physical.repo === repo)
  if (found === undefined) throw new SalvorError('backup_chain_broken', { backup: label, missing: label })
  if (found.problem !== null) throw toError(found.problem)
  return found
}

/** Each segment that it needs to come to a consistent state: the list tells only the first and last of all. */
async function refuseWithoutWal(deps: PgBackRestDeps, { place, signal }: Prove, point: RestorePoint): Promise<void> {
  const { wal, repo, label } = physicalOf(point)
  if (wal === null) return
  const { archive: id, first, last } = wal
  const missing = await findMissingSegment(deps, { place, repo, id, first, last, signal })
  if (missing !== null) throw new SalvorError('backup_wal_missing', { backup: label, missing })
}

async function refuseWithoutRoom({ place, point }: Prove): Promise<void> {
  const { label, clusterBytes } = physicalOf(point)
  await checkBase(place)
  const needed = clusterBytes * (1 + COPY_SHARE) + BASE_BYTES
  const free = await readFree(place.scratch.folder)
  if (free >= needed) return
  const write = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`
  const { folder } = place.scratch
  throw new SalvorError('scratch_full', { backup: label, needed: write(needed), free: write(free), folder })
}
