import { constants } from 'node:fs'
import { type FileHandle, lstat, open, realpath } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { hashText } from '../../domain/digest.ts'
import { SalvorError } from '../../domain/errors/fail.ts'
import type { FoundFile } from '../../ports/file-tools.ts'
import { explainFile } from './explain-file.ts'

/** Bytes. Config files are far smaller; what is larger is no config file and has no place in a diff. */
const longestFile = 1024 * 1024

/**
 * Reads a file as a whole. A link is followed inside its own folder only: whoever may write elsewhere must not decide
 * what is read or replaced here. The last step opens without following, so that no link comes in between.
 */
export async function readRegularFile(path: string): Promise<FoundFile> {
  const real = await resolveFile(path)
  // A pipe without a writer must not hang the look.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
  const handle = await open(real, flags).catch((error) => {
    throw explainFile(error, real, 'read')
  })
  try {
    return await readHandle(handle, real)
  } finally {
    await handle.close()
  }
}

/** Where the file really is: links of its folder are followed, a link in its own place only within the folder. */
async function resolveFile(path: string): Promise<string> {
  try {
    const folder = await realpath(dirname(path))
    const here = join(folder, basename(path))
    if (!(await lstat(here)).isSymbolicLink()) return here
    const target = await realpath(here)
    if (dirname(target) !== folder) throw new SalvorError('file_link', { path, target })
    return target
  } catch (error) {
    throw explainFile(error, path, 'read')
  }
}

async function readHandle(handle: FileHandle, path: string): Promise<FoundFile> {
  const found = await handle.stat()
  if (!found.isFile())
    throw new SalvorError('file_not_regular', { path, kind: found.isDirectory() ? 'folder' : 'special file' })
  if (found.size > longestFile) throw new SalvorError('file_too_big', { path, bytes: found.size, most: longestFile })
  const buffer = Buffer.alloc(longestFile + 1)
  let length = 0
  for (let got = -1; got !== 0 && length < buffer.length; length += got)
    got = (await handle.read(buffer, length, buffer.length - length, length)).bytesRead
  if (length > longestFile) throw new SalvorError('file_too_big', { path, bytes: length, most: longestFile })
  const content = Buffer.from(buffer.subarray(0, length))
  return {
    path,
    content,
    digest: hashText(content),
    bytes: length,
    mode: found.mode & 0o7777,
    uid: found.uid,
    gid: found.gid,
    changedAt: found.mtime.toISOString(),
  }
}
