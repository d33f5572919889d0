import { open } from 'node:fs/promises'

/**
 * A rename is safe from a power cut once its folder is written. Some file systems and folders do not let us; the
 * rename has happened all the same.
 */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined)
  await handle?.sync().catch(() => {})
  await handle?.close()
}
