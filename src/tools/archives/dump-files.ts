import { open, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { SessionName } from '../../ports/content-tools.ts'
import { syncFolder } from '../sync-folder.ts'

const PREFIX = '.unfinished-'

/** Where a dump grows until it is whole: named after its step, so that what a killed attempt left can be found. */
export function unfinishedPath(folder: string, session: SessionName): string {
  return join(folder, `${prefixOf(session.step)}${session.fence}`)
}

/** Removes what earlier attempts of a step left in a folder. Answers the names; none where there is no such folder. */
export async function removeUnfinished(folder: string, step: string): Promise<string[]> {
  const names = await readdir(folder).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === 'ENOENT') return []
    throw thrown
  })
  const left = names.filter((name) => name.startsWith(prefixOf(step)))
  for (const name of left) await rm(join(folder, name), { recursive: true, force: true })
  return left
}

/** `orders-20260301T013000Z`. A database's name may hold anything; a file's name may not. */
export function nameAfter(database: string, takenAt: string): string {
  const time = takenAt.replace(/\.\d+/, '').replace(/[-:]/g, '')
  return `${database.replace(/[^\w.-]/g, '_').replace(/^[.-]/, '_')}-${time}`
}

/** Writes a file that is whole or absent, also after a power cut. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const draft = join(dirname(path), `${PREFIX}${basename(path)}`)
  // Whoever may write into the folder may have put a link there: it is taken away, never followed.
  await rm(draft, { force: true })
  const file = await open(draft, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await renameWhole(draft, path)
}

/** Renames inside one folder and makes the new name last. */
export async function renameWhole(from: string, to: string): Promise<void> {
  await rename(from, to)
  await syncFolder(dirname(to))
}

function prefixOf(step: string): string {
  return `${PREFIX}${step.replaceAll('/', '.')}-`
}
