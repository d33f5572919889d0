import { link, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { SalvorError } from '../../domain/errors/fail.ts'
import type { FileReplacement, FoundFile } from '../../ports/file-tools.ts'
import { syncFolder } from '../sync-folder.ts'
import { nameFileOwner } from './check-rights.ts'
import { explainFile, refuseRights } from './explain-file.ts'
import { readRegularFile } from './read-file.ts'

/** Moments at which a test ends the process. */
export type ReplaceMoment = 'kept' | 'written' | 'replaced'

/**
 * Puts a file in the place of another: the old one gets a second name, the new one is written beside it and synced,
 * then takes the place in one rename. A crash at any moment leaves the old file or the new one, never a part.
 */
export async function replaceFile(of: FileReplacement, pass: (moment: ReplaceMoment) => void): Promise<void> {
  const { path, kept, seen, wanted, signal } = of
  const fresh = nameFresh(of)
  // What must go again if it ends before the effect.
  const mine = [fresh]
  try {
    const old = await readSeen(path, seen)
    if (await keepOld(old, kept, fresh)) mine.push(kept)
    pass('kept')
    await writeFresh(fresh, of.content, old)
    await proveFresh(fresh, wanted, old)
    pass('written')
    await of.beforeEffect()
    signal.throwIfAborted()
    await readSeen(path, seen)
    await rename(fresh, path)
    mine.length = 0
    pass('replaced')
    await syncFolder(dirname(path))
    await takeBackIfChanged(of)
    const now = await readRegularFile(path)
    if (now.digest !== wanted) throw await sayChanged(now)
  } catch (error) {
    for (const one of mine) await rm(one, { force: true }).catch(() => {})
    throw explainFile(error, path, 'replace')
  }
}

/** Where the new content is written before it takes the place; one name a job, so that what a crash left is found. */
function nameFresh({ path, kept }: Pick<FileReplacement, 'path' | 'kept'>): string {
  return join(dirname(path), `.${basename(kept)}.new`)
}

async function readSeen(path: string, seen: string): Promise<FoundFile> {
  const now = await readRegularFile(path)
  if (now.digest !== seen) throw await sayChanged(now)
  return now
}

async function sayChanged({ path, uid, changedAt }: FoundFile): Promise<SalvorError> {
  return new SalvorError('file_changed', { path, owner: await nameFileOwner(uid), at: changedAt })
}

/**
 * A second name for the same file keeps everything of it: mode, owner, times, attributes. Where the file system knows
 * no second names it is copied. One that is there already is from an attempt that broke off, or somebody else's. Answers
 * whether it was made now.
 */
async function keepOld(old: FoundFile, kept: string, fresh: string): Promise<boolean> {
  try {
    await link(old.path, kept)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code === 'EEXIST') {
      if ((await readRegularFile(kept)).digest === old.digest) return false
      throw new SalvorError('file_kept_taken', { path: kept })
    }
    if (code === 'EACCES' || code === 'ENOSPC' || code === 'EROFS') throw error
    await writeFresh(fresh, old.content, old)
    await rename(fresh, kept)
  }
  return true
}

/** Some file systems take a new owner or mode without a word and keep theirs. */
async function proveFresh(fresh: string, wanted: string, { uid, gid, mode, path }: FoundFile): Promise<void> {
  const now = await readRegularFile(fresh)
  if (now.digest !== wanted) throw new SalvorError('file_written_badly', { path: fresh })
  if (now.uid === uid && now.gid === gid && now.mode === mode) return
  throw refuseRights('keep mode and owner of', path, `the new file got ${now.uid}:${now.gid} ${now.mode.toString(8)}`)
}

/** With mode and owner of another file. Nobody else can read it before it has them. */
async function writeFresh(fresh: string, content: Uint8Array, { uid, gid, mode }: FoundFile): Promise<void> {
  await rm(fresh, { force: true })
  const file = await open(fresh, 'wx', 0o600)
  try {
    await file.writeFile(content)
    // Owner before mode: giving a file away takes some bits of its mode.
    await file.chown(uid, gid)
    await file.chmod(mode)
    await file.sync()
  } finally {
    await file.close()
  }
}

/**
 * Between the last look and the rename lie microseconds, in which somebody may still write into the old file. That
 * shows in the kept one, which is the same file: it gets its place back.
 */
async function takeBackIfChanged({ path, kept, seen }: FileReplacement): Promise<void> {
  const old = await readRegularFile(kept)
  if (old.digest === seen) return
  await rename(kept, path)
  await syncFolder(dirname(path))
  throw await sayChanged({ ...old, path })
}
