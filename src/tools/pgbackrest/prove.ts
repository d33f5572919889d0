import { SalvorError } from '../../domain/errors/fail.ts'
import type { ClusterProvider } from '../../ports/backup-providers.ts'
import { readInfo } from './info.ts'
import { describeBackups } from './list.ts'
import { physicalOf } from './restore.ts'
import type { PgBackRestDeps } from './run.ts'
import { checkBase, readFree } from './scratch/folder.ts'

/** The copy of one database out of the cluster can be as large as the cluster, and rarely is. */
const COPY_SHARE = 0.5
const BASE_BYTES = 256e6

/** See the port: everything that can be told before the first byte is restored. */
export async function proveBackup(
  deps: PgBackRestDeps,
  { place, point, signal }: Parameters<ClusterProvider['prove']>[0],
): Promise<void> {
  const { label, repo, clusterBytes } = physicalOf(point)
  const now = describeBackups(place, await readInfo(deps, place, signal))
  const found = now.find((one) => one.physical?.label === label && one.physical.repo === repo)
  if (found === undefined) throw new SalvorError('backup_chain_broken', { backup: label, missing: label })
  await checkBase(place)
  const needed = clusterBytes * (1 + COPY_SHARE) + BASE_BYTES
  const free = await readFree(place.scratch.folder)
  if (free >= needed) return
  const write = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`
  const { folder } = place.scratch
  throw new SalvorError('scratch_full', { backup: label, needed: write(needed), free: write(free), folder })
}
