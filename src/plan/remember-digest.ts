import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { readPlan } from './read-plan.ts'

/** What was read, and how the files looked just before. */
interface Remembered {
  readonly digest: string
  readonly files: readonly string[]
  readonly looks: string
}

/**
 * Digest of a plan file as it is now, for those who ask often: reading, parsing and hashing cost more than everything
 * else that a worker does before it starts a step. Read again as soon as the plan or a file it names looks different
 * (time, size, inode). Throws what `readPlan` throws.
 */
export function rememberDigest(path: string): () => Promise<string> {
  let known: Remembered | undefined
  return async () => {
    if (known && (await describeFiles(known.files)) === known.looks) return known.digest
    const files = await listFiles(path)
    // Looked at before it is read: what changes in between is read again, instead of being missed.
    const looks = await describeFiles(files)
    const { plan } = await readPlan(path)
    known = { digest: plan.digest, files, looks }
    return plan.digest
  }
}

/** The plan and the files that it names. Named files follow from the plan's text, so its look covers a change of them. */
async function listFiles(path: string): Promise<string[]> {
  const { plan, source } = await readPlan(path)
  return [resolve(path), ...Object.keys(source.fileHashes).map((name) => resolve(plan.folder, name))]
}

async function describeFiles(files: readonly string[]): Promise<string> {
  const looks = await Promise.all(
    files.map(async (file) => {
      const found = await stat(file, { bigint: true }).catch(() => null)
      return found ? `${found.ino}:${found.size}:${found.mtimeNs}:${found.ctimeNs};` : 'none;'
    }),
  )
  return looks.join('')
}
