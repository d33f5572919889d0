import { chmod, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip, type ZlibOptions, type ZstdOptions, zstdDecompress } from 'node:zlib'
import { SalvorError } from '../../../domain/errors/fail.ts'
import { nameSegment } from '../../../domain/wal.ts'
import { asAccount, findAccount, findClosed, isRoot } from '../account.ts'
import { describeEnd, type PgBackRestDeps, readDocument } from '../run.ts'
import type { ListedArchive } from './read-archive.ts'

/** One record of WAL that can end a recovery. */
export interface WalRecord {
  readonly kind: 'commit' | 'abort' | 'restore point'
  readonly xid: string
  readonly lsn: string
  /** With microseconds, as PostgreSQL keeps it: `2026-11-30T13:08:23.083433Z`; null of a restore point. */
  readonly at: string | null
  readonly name: string | null
}

export interface RecordDeps extends PgBackRestDeps {
  /** pg_waldump of the cluster's version. */
  readonly waldump: string
}

export type Manager = 'Transaction' | 'XLOG'

/** What does not fit is not unpacked: a few bytes can stand for gigabytes. */
type Unpack = (packed: Buffer, options: { readonly maxOutputLength: number }) => Promise<Buffer>

const unpack: { readonly [ending: string]: Unpack } = {
  gz: promisify<Buffer, ZlibOptions, Buffer>(gunzip),
  zst: promisify<Buffer, ZstdOptions, Buffer>(zstdDecompress),
}
/** What cannot be packed grows a little by it. */
const PACKING_BYTES = 1e6

/** The records of one archived segment that could end a recovery, in their order. */
export async function readRecords(
  deps: RecordDeps,
  of: {
    readonly archive: ListedArchive
    readonly timeline: number
    readonly segment: bigint
    readonly manager: Manager
    readonly signal: AbortSignal
  },
): Promise<WalRecord[]> {
  const { archive, signal } = of
  const name = nameSegment(of.timeline, of.segment, archive.segmentBytes)
  const records: WalRecord[] = []
  await withSegment(deps, { archive, name, signal }, async (folder) => {
    // It ends with an error where the last record goes on in the next segment: what it printed before is whole.
    await dumpWal(deps, {
      archive,
      args: [`--rmgr=${of.manager}`, join(folder, name), join(folder, name)],
      signal,
      onLine(line) {
        const record = parseRecord(line)
        if (record !== null) records.push(record)
      },
    })
  })
  return records
}

/** Runs pg_waldump as the account that restores: what it reads was written by whoever writes to the repository. */
export async function dumpWal(
  deps: RecordDeps,
  of: {
    readonly archive: ListedArchive
    readonly args: readonly string[]
    readonly signal: AbortSignal
    readonly onLine: (line: string) => void
  },
): Promise<void> {
  const [program, ...args] = asAccount(of.archive.place.scratch.account, [deps.waldump, ...of.args])
  const env = { TZ: 'UTC', LC_ALL: 'C' }
  await deps.run.run({ program, args, env, signal: of.signal, onStdoutLine: of.onLine })
  of.signal.throwIfAborted()
}

/** A segment as a file of the account that restores, in a folder of ours that is gone afterwards. */
export async function withSegment<T>(
  deps: PgBackRestDeps,
  of: { readonly archive: ListedArchive; readonly name: string; readonly signal: AbortSignal },
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const { archive, name, signal } = of
  const { scratch } = archive.place
  const folder = await mkdtemp(join(tmpdir(), 'salvor-wal-'))
  try {
    const content = await fetchSegment(deps, archive, name, signal)
    const file = await open(join(folder, name), 'wx', 0o600)
    try {
      await file.writeFile(content)
      if (isRoot()) {
        const refuse = (seen: string) => new SalvorError('scratch_unusable', { folder, seen })
        const account = await findAccount(deps.run, scratch.account)
        if (account === null) throw refuse(`there is no account ${scratch.account} of few rights`)
        await file.chown(account.uid, account.gid)
        await chmod(folder, 0o755)
        const closed = await findClosed(folder, account)
        if (closed !== null) throw refuse(`the account ${scratch.account} cannot pass through ${closed}`)
      }
    } finally {
      await file.close()
    }
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Its bytes, which are no more than a segment has. */
async function fetchSegment(
  deps: PgBackRestDeps,
  archive: ListedArchive,
  name: string,
  signal: AbortSignal,
): Promise<Buffer> {
  const path = archive.files.get(name)
  const refuse = (seen: string) => new SalvorError('backup_damaged', { backup: name, seen })
  if (path === undefined) throw refuse('it is not in the archive')
  const { place, repo } = archive
  const segmentBytes = Number(archive.segmentBytes)
  const call = { place, command: 'repo-get', args: [`--repo=${repo}`], operands: [path], signal }
  const { result, content } = await readDocument(deps, call, segmentBytes + PACKING_BYTES)
  if (result.exitCode !== 0) throw refuse(describeEnd(result))
  const ending = /\.(\w+)$/.exec(path)?.[1]
  if (ending === undefined) {
    if (content.length > segmentBytes) throw refuse(`it is longer than the ${segmentBytes} bytes of a segment`)
    return content
  }
  const way = unpack[ending]
  if (way === undefined)
    throw new SalvorError('backup_tool_failed', { action: `read ${name}`, seen: `Salvor does not unpack .${ending}` })
  return way(content, { maxOutputLength: segmentBytes }).catch((thrown: Error) => {
    throw refuse(thrown.message)
  })
}

/** `rmgr: Transaction len (rec/tot): 34/34, tx: 745, lsn: 0/07000110, prev …, desc: COMMIT 2026-11-30 13:08:23.083433 UTC`. */
function parseRecord(line: string): WalRecord | null {
  const match = /^rmgr: (\w+)\s.*?tx:\s*(\d+), lsn: ([0-9A-F]+\/[0-9A-F]+),.*?desc: (\w+) (.*)$/.exec(line)
  if (match === null) return null
  const [, manager, xid = '', lsn = '', desc = '', rest = ''] = match
  if (manager === 'XLOG') {
    return desc === 'RESTORE_POINT' ? { kind: 'restore point', xid, lsn, at: null, name: rest.trim() } : null
  }
  const kind = /^COMMIT/.test(desc) ? 'commit' : /^ABORT/.test(desc) ? 'abort' : null
  const at = /(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d\.\d+) UTC/.exec(rest)
  // A prepared transaction's own number stands in the text.
  const own = /^(\d+):/.exec(rest)?.[1] ?? xid
  return kind === null || at === null ? null : { kind, xid: own, lsn, at: `${at[1]}T${at[2]}Z`, name: null }
}
