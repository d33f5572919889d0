import { readdir, realpath } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import type { FileVersion } from '../../ports/file-tools.ts'
import { explainFile } from './explain-file.ts'

/**
 * The versions of a file in a folder, the newest first. Three ways to keep them: `app.yaml.v7`, `v7.yaml`, and a
 * folder `v7` that holds `app.yaml`. Hidden files, editors' leavings and what Salvor itself has kept are none.
 */
export async function listFileVersions(folder: string, of: string): Promise<FileVersion[]> {
  const file = basename(of)
  const real = await realpath(folder).catch((error) => {
    throw explainFile(error, folder, 'list')
  })
  const entries = await readdir(real, { withFileTypes: true }).catch((error) => {
    throw explainFile(error, folder, 'list')
  })
  return entries
    .flatMap((entry): FileVersion[] => {
      const label = labelVersion(entry.name, file, entry.isDirectory())
      if (label === null) return []
      const path = join(real, entry.name)
      return [{ label, name: entry.name, path: entry.isDirectory() ? join(path, file) : path }]
    })
    .sort((one, other) => compareVersions(other.label, one.label))
}

/** How an entry is called as a version; null for one that is none. */
export function labelVersion(name: string, file: string, isFolder: boolean): string | null {
  if (/^[.-]|~$|\.(swp|tmp|new|bak|orig|rej)$|\.salvor-/.test(name)) return null
  if (isFolder) return name
  const ending = extname(file)
  const rest = name.startsWith(file) ? /^[._@-](.+)$/.exec(name.slice(file.length))?.[1] : undefined
  if (rest !== undefined) return rest
  if (name === file || ending === '' || !name.endsWith(ending)) return null
  return name.slice(0, -ending.length) || null
}

const order = new Intl.Collator('en', { numeric: true })

/** Natural order: v6 before v7 before v10. What it cannot tell apart (v7, v07) goes by code units, so it is total. */
export function compareVersions(one: string, other: string): number {
  return order.compare(one, other) || (one < other ? -1 : one > other ? 1 : 0)
}
