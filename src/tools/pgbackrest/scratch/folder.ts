import { chmod, lchown, lstat, mkdir, readdir, readlink, realpath, rm, rmdir, statfs } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { SalvorError } from '../../../domain/errors/fail.ts'
import type { StanzaPlace } from '../../../ports/backup-providers.ts'
import type { SessionName } from '../../../ports/content-tools.ts'
import type { ToolRunner } from '../../../ports/tool-runner.ts'
import { findPlanted } from '../../open-to-others.ts'
import { killNow } from '../../process-table.ts'
import { asAccount, findAccount, findClosed, isRoot } from '../account.ts'

/** Where one attempt brings a cluster up. */
export interface ScratchFolder {
  readonly path: string
  readonly data: string
  readonly tablespaces: string
  /** Short: the path of a socket holds 107 bytes. */
  readonly socket: string
  /** The tool's own locks, which must not be those of a backup at work. */
  readonly lock: string
  /** Of this process' account alone: the archive that is copied out. */
  readonly archive: string
}

/** `/.s.PGSQL.5432` and the end of the text follow it. */
const LONGEST_SOCKET = 90
/** How long processes may take to end by themselves before they are ended. */
const END_MS = 10_000
const EACH_MS = 50

/** A folder for one attempt, empty, of the account that the server runs as. Throws scratch_unusable. */
export async function makeScratch(run: ToolRunner, place: StanzaPlace, session: SessionName): Promise<ScratchFolder> {
  const refuse = (seen: string, cause?: unknown) => refuseScratch(place, seen, cause)
  await checkBase(place)
  const scratch = await nameScratch(place, session).catch((thrown: Error) => {
    throw refuse(thrown.message, thrown)
  })
  // Whoever was faster than we were made it theirs.
  await checkBase(place)
  if (Buffer.byteLength(scratch.socket) > LONGEST_SOCKET) throw refuse('its path is too long for a socket')
  try {
    // Whoever may write here may not have laid a folder in the way: it is made anew or not at all.
    await mkdir(scratch.path, { mode: passable() })
    for (const path of [...ownedByServer(scratch), scratch.archive]) await mkdir(path, { mode: 0o700 })
  } catch (thrown) {
    throw refuse(thrown instanceof Error ? thrown.message : String(thrown), thrown)
  }
  if (!isRoot()) return scratch
  const account = await findAccount(run, place.scratch.account)
  if (account === null) throw refuse(`there is no account ${place.scratch.account} of few rights`)
  const closed = await findClosed(scratch.path, account)
  if (closed !== null) throw refuse(`the account ${place.scratch.account} cannot pass through ${closed}`)
  for (const path of ownedByServer(scratch)) await lchown(path, account.uid, account.gid)
  return scratch
}

/** Nobody but root and this account may exchange what stands there, or say where it is. Throws scratch_unusable. */
export async function checkBase(place: StanzaPlace): Promise<void> {
  const planted = await findPlanted(place.scratch.folder)
  if (planted !== null) throw refuseScratch(place, `${planted}, and whoever that is could exchange what is restored`)
}

/**
 * Removes what all attempts of a step left, once nothing runs in it. Answers what could not be removed: all of it in a
 * folder where others could lay a link in the way.
 */
export async function removeScratch(run: ToolRunner, place: StanzaPlace, session: SessionName): Promise<string[]> {
  const folder = await realpath(place.scratch.folder).catch(() => place.scratch.folder)
  const prefix = prefixOf(session)
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.startsWith(prefix))
  const left: string[] = []
  const isPlanted = names.length > 0 && (await findPlanted(place.scratch.folder)) !== null
  for (const name of names) {
    const path = join(folder, name)
    const isOurs = !isPlanted && (await lstat(path).catch(() => null))?.uid === process.getuid?.()
    if (isOurs) await endProcessesIn(path)
    const isGone = isOurs && (await removeAttempt(run, place, path))
    if (!isGone) left.push(path)
  }
  return left
}

async function removeAttempt(run: ToolRunner, place: StanzaPlace, path: string): Promise<boolean> {
  try {
    await removeOwned(run, place, ownedByServer(foldersOf(path)))
    await rm(path, { recursive: true, force: true })
    return true
  } catch {
    return false
  }
}

/**
 * Trees of the server's account are removed by that account: as root, a link that it lays in the way at the right
 * moment would lead the removal elsewhere. The folders themselves stand in one of ours.
 */
async function removeOwned(run: ToolRunner, place: StanzaPlace, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const seen = await lstat(path).catch(() => null)
    if (seen === null) continue
    // Of ours is what nobody was given yet.
    if (!isRoot() || seen.uid === 0) await rm(path, { recursive: true, force: true })
    else {
      const { signal } = new AbortController()
      const [program, ...args] = asAccount(place.scratch.account, ['rm', '-rf', '--', path])
      // It may empty the folder and not remove it.
      await run.run({ program, args, signal })
      await rmdir(path)
    }
  }
}

/** Bytes that are free where clusters are brought up; the nearest folder that is there counts. */
export async function readFree(folder: string): Promise<number> {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const seen = await statfs(at).catch(() => null)
    if (seen !== null) return seen.bavail * seen.bsize
    if (at === dirname(at)) return 0
  }
}

/** Removes the cluster and leaves the archive that was copied out of it. */
export async function keepArchive(run: ToolRunner, place: StanzaPlace, scratch: ScratchFolder): Promise<void> {
  await removeOwned(run, place, ownedByServer(scratch))
  await chmod(scratch.path, 0o700)
}

/** Ends what still works in a folder: a server whose starter was killed a moment ago. */
async function endProcessesIn(path: string): Promise<void> {
  for (let waited = 0; ; waited += EACH_MS) {
    const inside = await listProcessesIn(path)
    if (inside.length === 0 || waited > 2 * END_MS) return
    if (waited >= END_MS) for (const pid of inside) killNow(pid)
    await delay(EACH_MS)
  }
}

/** A server and each of its processes works in its data directory. */
async function listProcessesIn(path: string): Promise<number[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(
    pids.map(async (pid) => {
      const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => '')
      return cwd === path || cwd.startsWith(`${path}/`) ? [Number(pid)] : []
    }),
  )
  return found.flat()
}

async function nameScratch(place: StanzaPlace, session: SessionName): Promise<ScratchFolder> {
  await mkdir(place.scratch.folder, { recursive: true, mode: passable() })
  return foldersOf(join(await realpath(place.scratch.folder), `${prefixOf(session)}${session.fence}`))
}

function foldersOf(path: string): ScratchFolder {
  return {
    path,
    data: join(path, 'data'),
    tablespaces: join(path, 'tablespaces'),
    socket: join(path, 's'),
    lock: join(path, 'lock'),
    archive: join(path, 'archive'),
  }
}

function ownedByServer({ data, tablespaces, socket, lock }: ScratchFolder): string[] {
  return [data, tablespaces, socket, lock]
}

/** Only where the server runs as another account must that one pass through. */
function passable(): number {
  return isRoot() ? 0o711 : 0o700
}

function refuseScratch({ scratch: { folder } }: StanzaPlace, seen: string, cause?: unknown): SalvorError {
  return new SalvorError('scratch_unusable', { folder, seen }, { cause })
}

/** Jobs of two Salvors that share a machine may have the same numbers. */
function prefixOf({ step, installation }: SessionName): string {
  return `${installation ?? 'salvor'}.${step.replaceAll('/', '.')}-`
}
