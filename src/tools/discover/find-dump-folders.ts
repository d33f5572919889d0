import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Discovery } from '../../domain/discovery.ts'
import type { ArchiveTools } from '../../ports/archive-tools.ts'

/** Where distributions and people put backups. */
export const usualPlaces: readonly string[] = ['/var/backups', '/backup', '/backups', '/srv/backup', '/srv/backups']

/** How far below a usual place folders are looked at, and how many of them: a whole disk is nobody's wish. */
const DEPTH = 2
const MOST = 200

/** Folders below the given places that hold pg_dump archives which can be listed. Places that are not there are none. */
export async function findDumpFolders(
  archives: Pick<ArchiveTools, 'list'>,
  places: readonly string[],
): Promise<Discovery['dumpFolders']> {
  const folders = (await Promise.all(places.map((place) => listFolders(place, DEPTH)))).flat().slice(0, MOST)
  const found: { path: string; archives: number; newest: string }[] = []
  for (const path of folders) {
    const points = (await archives.list(path).catch(() => [])).filter(({ problem }) => problem === null)
    const newest = points
      .map(({ takenAt }) => takenAt)
      .sort()
      .at(-1)
    if (newest !== undefined) found.push({ path, archives: points.length, newest })
  }
  return found
}

async function listFolders(path: string, depth: number): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => null)
  if (entries === null) return []
  // A folder with a table of contents is an archive itself, not a place of archives.
  if (entries.some(({ name }) => name === 'toc.dat')) return []
  const below = depth === 0 ? [] : entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(path, name))
  return [path, ...(await Promise.all(below.map((one) => listFolders(one, depth - 1)))).flat()]
}
