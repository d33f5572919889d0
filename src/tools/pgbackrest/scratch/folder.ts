import { chmod, chown, mkdir, readdir, readlink, realpath, rm, stat, statfs } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { SalvorError } from '../../../domain/errors/fail.ts'
import type { StanzaPlace } from '../../../ports/backup-providers.ts'
import type { SessionName } from '../../../ports/content-tools.ts'
import type { ToolRunner } from '../../../ports/tool-runner.ts'
import { killNow } from '../../process-table.ts'
import { isRoot } from '../account.ts'

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
  const refuse = (seen: string, cause?: unknown) =>
    new SalvorError('scratch_unusable', { folder: place.scratch.folder, seen }, { cause })
  const scratch = await nameScratch(place, session).catch((thrown: Error) => {
    throw refuse(thrown.message, thrown)
  })
  if (Buffer.byteLength(scratch.socket) > LONGEST_SOCKET) throw refuse('its path is too long for a socket')
  try {
    // Whoever may write here may not have laid a folder in the way: it is made anew or not at all.
    await mkdir(scratch.path, { mode: 0o711 })
    for (const path of [scratch.data, scratch.tablespaces, scratch.socket, scratch.lock])
      await mkdir(path, { mode: 0o700 })
    await mkdir(scratch.archive, { mode: 0o700 })
  } catch (thrown) {
    throw refuse(thrown instanceof Error ? thrown.message : String(thrown), thrown)
  }
  if (!isRoot()) return scratch
  const account = await findAccount(run, place.scratch.account)
  if (account === null || account.uid === 0) throw refuse(`there is no account ${place.scratch.account} of few rights`)
  const closed = await findClosed(scratch.path, account)
  if (closed !== null) throw refuse(`the account ${place.scratch.account} cannot pass through ${closed}`)
  for (const path of [scratch.data, scratch.tablespaces, scratch.socket, scratch.lock])
    await chown(path, account.uid, account.gid)
  return scratch
}

/** Removes what all attempts of a step left, once nothing runs in it. Answers what could not be removed. */
export async function removeScratch(place: StanzaPlace, session: SessionName): Promise<string[]> {
  const folder = await realpath(place.scratch.folder).catch(() => place.scratch.folder)
  const prefix = prefixOf(session)
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.startsWith(prefix))
  const left: string[] = []
  for (const name of names) {
    const path = join(folder, name)
    await endProcessesIn(path)
    await rm(path, { recursive: true, force: true }).catch(() => left.push(path))
  }
  return left
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
export async function keepArchive(scratch: ScratchFolder): Promise<void> {
  for (const path of [scratch.data, scratch.tablespaces, scratch.socket, scratch.lock])
    await rm(path, { recursive: true, force: true })
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
  await mkdir(place.scratch.folder, { recursive: true, mode: 0o711 })
  const path = join(await realpath(place.scratch.folder), `${prefixOf(session)}${session.fence}`)
  return {
    path,
    data: join(path, 'data'),
    tablespaces: join(path, 'tablespaces'),
    socket: join(path, 's'),
    lock: join(path, 'lock'),
    archive: join(path, 'archive'),
  }
}

/** Jobs of two Salvors that share a machine may have the same numbers. */
function prefixOf({ step, installation }: SessionName): string {
  return `${installation ?? 'salvor'}.${step.replaceAll('/', '.')}-`
}

async function findAccount(run: ToolRunner, name: string): Promise<{ uid: number; gid: number } | null> {
  const { signal } = new AbortController()
  const { stdoutTail } = await run.run({ program: 'getent', args: ['passwd', '--', name], signal, timeoutMs: 5_000 })
  const [found, , uid, gid] = stdoutTail.trim().split(':')
  return found === name ? { uid: Number(uid), gid: Number(gid) } : null
}

async function findClosed(path: string, { uid, gid }: { uid: number; gid: number }): Promise<string | null> {
  for (let at = path; at !== dirname(at); at = dirname(at)) {
    const seen = await stat(at)
    const bit = seen.uid === uid ? 0o100 : seen.gid === gid ? 0o010 : 0o001
    if ((seen.mode & bit) === 0) return at
  }
  return null
}
