import type { BigIntStats } from 'node:fs'
import { lstat, readdir, stat, statfs } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { SalvorError } from '../../domain/errors/fail.ts'
import { writeCanonicalJson } from '../../domain/json.ts'
import type { ArchiveIdentity } from '../../ports/archive-tools.ts'

/**
 * File systems of this machine's own disks, by the number that the kernel gives them: ext, xfs, btrfs, tmpfs,
 * overlayfs, zfs, f2fs, bcachefs. Of any other nobody here can tell whether times and numbers are kept truly.
 */
const local = new Set([0xef53, 0x58465342, 0x9123683e, 0x01021994, 0x794c7630, 0x2fc12fc1, 0xf2f52010, 0xca451a4e])

/**
 * Which files an archive consists of now: device, inode, size and times of each. Where these are the same, so is the
 * content: writing to a file moves its ctime, which nobody but root can set.
 */
export async function identifyArchive(archive: string): Promise<ArchiveIdentity> {
  const whole = await stat(archive, { bigint: true })
  const names = whole.isDirectory() ? (await readdir(archive)).sort() : []
  const files = [{ path: '.', ...writeIdentity(whole) }]
  for (const path of names) {
    const file = await lstat(join(archive, path), { bigint: true })
    // A link may lead to any file of the machine, and to another one a moment later.
    if (!file.isFile()) {
      throw new SalvorError('archive_corrupt', { backup: basename(archive), seen: `${path} in it is no plain file` })
    }
    files.push({ path, ...writeIdentity(file) })
  }
  const { type } = await statfs(archive)
  return { files, local: local.has(type) }
}

/** Whether two looks show the same files. A file system that is not local proves nothing: then they must be hashed. */
export function isSameArchive(one: ArchiveIdentity, other: ArchiveIdentity): boolean {
  return one.local && other.local && writeCanonicalJson(toJson(one)) === writeCanonicalJson(toJson(other))
}

function toJson({ files }: ArchiveIdentity) {
  return files.map((file) => ({ ...file }))
}

function writeIdentity(of: BigIntStats) {
  // As text: nanoseconds and inodes do not fit a JSON number.
  return {
    device: String(of.dev),
    inode: String(of.ino),
    size: Number(of.size),
    mtime: String(of.mtimeNs),
    ctime: String(of.ctimeNs),
  }
}
