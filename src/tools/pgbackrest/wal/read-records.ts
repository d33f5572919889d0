import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip, zstdDecompress } from 'node:zlib'
import { SalvorError } from '../../../domain/errors/fail.ts'
import { nameSegment } from '../../../domain/wal.ts'
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

const unpack: { readonly [ending: string]: (packed: Buffer) => Promise<Buffer> } = {
  gz: promisify(gunzip),
  zst: promisify(zstdDecompress),
}

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
  const folder = await mkdtemp(join(tmpdir(), 'salvor-wal-'))
  try {
    await writeFile(join(folder, name), await fetchSegment(deps, archive, name, signal), { mode: 0o600 })
    const records: WalRecord[] = []
    // It ends with an error where the last record goes on in the next segment: what it printed before is whole.
    await deps.run.run({
      program: deps.waldump,
      args: [`--rmgr=${of.manager}`, join(folder, name), join(folder, name)],
      env: { TZ: 'UTC', LC_ALL: 'C' },
      signal,
      onStdoutLine(line) {
        const record = parseRecord(line)
        if (record !== null) records.push(record)
      },
    })
    signal.throwIfAborted()
    return records
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

export async function fetchSegment(
  deps: PgBackRestDeps,
  archive: ListedArchive,
  name: string,
  signal: AbortSignal,
): Promise<Buffer> {
  const path = archive.files.get(name)
  const refuse = (seen: string) => new SalvorError('backup_damaged', { backup: name, seen })
  if (path === undefined) throw refuse('it is not in the archive')
  const { place, repo } = archive
  const { result, content } = await readDocument(deps, {
    place,
    command: 'repo-get',
    args: [`--repo=${repo}`],
    operands: [path],
    signal,
  })
  if (result.exitCode !== 0) throw refuse(describeEnd(result))
  const ending = /\.(\w+)$/.exec(path)?.[1]
  if (ending === undefined) return content
  const way = unpack[ending]
  if (way === undefined)
    throw new SalvorError('backup_tool_failed', { action: `read ${name}`, seen: `Salvor does not unpack .${ending}` })
  return way(content).catch((thrown: Error) => {
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
