import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { ArchiveManifest } from '../../domain/content.ts'
import { digestOf, hashText } from '../../domain/digest.ts'

type ArchiveFiles = Pick<ArchiveManifest['archive'], 'format' | 'files' | 'sha256'>

/** Large reads keep the disk busy while the processor hashes. */
const CHUNK = 1 << 20

export interface HashOptions {
  readonly signal: AbortSignal
  /** Hears of each piece that was read. */
  readonly onBytes?: (bytes: number) => void
}

/**
 * SHA-256 of an archive's files as they are now, in the order of their names: a file (`-Fc`) or a folder (`-Fd`).
 * Throws Node's error for what cannot be read.
 */
export async function hashArchiveFiles(archive: string, options: HashOptions): Promise<ArchiveFiles> {
  const isFolder = (await stat(archive)).isDirectory()
  const names = isFolder ? (await readdir(archive)).sort() : ['.']
  const files: { path: string; size: number; sha256: string }[] = []
  for (const path of names) files.push({ path, ...(await hashFile(isFolder ? join(archive, path) : archive, options)) })
  return { format: isFolder ? 'directory' : 'custom', files, sha256: digestOf(files) }
}

async function hashFile(path: string, options: HashOptions): Promise<{ size: number; sha256: string }> {
  options.signal.throwIfAborted()
  // A stream takes a buffer of its own for each file: with thousands of tables most of the time went into freeing them.
  if ((await stat(path)).size > CHUNK) return hashStream(path, options)
  const content = await readFile(path)
  options.onBytes?.(content.length)
  return { size: content.length, sha256: hashText(content) }
}

async function hashStream(path: string, { signal, onBytes }: HashOptions): Promise<{ size: number; sha256: string }> {
  const hash = createHash('sha256')
  let size = 0
  const count = async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      hash.update(chunk)
      size += chunk.length
      onBytes?.(chunk.length)
    }
  }
  await pipeline(createReadStream(path, { highWaterMark: CHUNK }), count, { signal })
  return { size, sha256: hash.digest('hex') }
}
