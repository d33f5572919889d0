import { constants, existsSync } from 'node:fs'
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { SalvorError } from '../../../domain/errors/fail.ts'
import { syncFolder } from '../../sync-folder.ts'

const PRIVATE_FOLDER = 0o700
const PRIVATE_FILE = 0o600
const WRITTEN_AT_ONCE = 1 << 20

/** A folder that stays the one that was looked at, whatever somebody puts under its name meanwhile. */
export interface PrivateFolder extends AsyncDisposable {
  /** Leads to the open folder itself where the system has such paths. */
  readonly inside: string
}

/** A folder that nobody else may enter. One that somebody else made, or a link, is refused. */
export async function openPrivateFolder(folder: string): Promise<PrivateFolder> {
  await mkdir(folder, { recursive: true, mode: PRIVATE_FOLDER })
  const refuse = (cause?: unknown) =>
    new SalvorError('lost_rows_unwritten', { folder, seen: 'it is a link, or belongs to another account' }, { cause })
  const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW } = constants
  const opened = await open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW).catch((thrown: NodeJS.ErrnoException) => {
    throw ['ELOOP', 'ENOTDIR', 'EACCES'].includes(thrown.code ?? '') ? refuse(thrown) : thrown
  })
  try {
    if ((await opened.stat()).uid !== process.getuid?.()) throw refuse()
    await opened.chmod(PRIVATE_FOLDER)
  } catch (thrown) {
    await opened.close()
    throw thrown
  }
  return { inside: pathOf(opened, folder), [Symbol.asyncDispose]: () => opened.close() }
}

/** Linux only: elsewhere the name itself has to do, in a folder that nobody else may write to. */
function pathOf({ fd }: FileHandle, folder: string): string {
  const own = `/proc/self/fd/${fd}`
  return existsSync(own) ? own : folder
}

export interface PrivateFile {
  write(text: string): Promise<void>
  /** Whole under its name, also after a power cut; replaces one that was there. */
  keep(): Promise<void>
  discard(): Promise<void>
}

/** A file for rows: for this account alone from its first byte on. */
export async function openPrivateFile(folder: string, name: string): Promise<PrivateFile> {
  const [draft, path] = [join(folder, `.unfinished-${name}`), join(folder, name)]
  await rm(draft, { force: true })
  const file = await open(draft, 'wx', PRIVATE_FILE)
  let waiting = ''
  const flush = async () => {
    await file.writeFile(waiting)
    waiting = ''
  }
  return {
    async write(text) {
      waiting += text
      if (waiting.length >= WRITTEN_AT_ONCE) await flush()
    },
    async keep() {
      await flush()
      await file.sync()
      await file.close()
      await rename(draft, path)
      await syncFolder(folder)
    },
    async discard() {
      await file.close().catch(() => {})
      await rm(draft, { force: true })
    },
  }
}

/** A table's name may hold anything, a file's name may not; the number in front keeps them apart. */
export function nameFile(number: string, table: string, kind: string): string {
  return `${number}-${table.replace(/[^\w.-]/g, '_').slice(0, 80)}-${kind}.sql`
}
