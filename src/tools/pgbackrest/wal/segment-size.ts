import { constants, createGunzip, createZstdDecompress } from 'node:zlib'
import type { StanzaPlace } from '../../../ports/backup-providers.ts'
import { type PgBackRestDeps, readBeginning } from '../run.ts'

/** More than enough of a packed segment to unpack its header. */
const HEAD_BYTES = 65_536
/** Where the header of a segment's first page says how long a segment is (xlp_seg_size of xlog_internal.h). */
const SIZE_AT = 32
const SMALLEST = 1024 ** 2
const LARGEST = 1024 ** 3

/**
 * How long the segments of an archive are, as one of them says itself: a cluster keeps the size that initdb gave it.
 * null where it is packed in a way that Salvor does not unpack, or says none.
 */
export async function readSegmentBytes(
  deps: PgBackRestDeps,
  of: {
    readonly place: StanzaPlace
    readonly repo: number
    /** Of a segment, in the repository. */
    readonly path: string
    readonly signal: AbortSignal
  },
): Promise<bigint | null> {
  const { place, repo, path, signal } = of
  const call = { place, command: 'repo-get', args: [`--repo=${repo}`], operands: [path], signal }
  const packed = await readBeginning(deps, call, HEAD_BYTES)
  const head = await unpackHead(packed, /-[0-9a-f]{40}\.(\w+)$/.exec(path)?.[1])
  if (head === null || head.length < SIZE_AT + 4) return null
  // In the byte order of the machine that wrote it.
  const found = [head.readUInt32LE(SIZE_AT), head.readUInt32BE(SIZE_AT)].find(isSize)
  return found === undefined ? null : BigInt(found)
}

function isSize(bytes: number): boolean {
  return bytes >= SMALLEST && bytes <= LARGEST && Number.isInteger(Math.log2(bytes))
}

/** The first bytes of what a file begins with; null where that cannot be unpacked. */
async function unpackHead(packed: Buffer, ending: string | undefined): Promise<Buffer | null> {
  if (ending === undefined) return packed
  const unpacking =
    ending === 'gz'
      ? createGunzip({ finishFlush: constants.Z_SYNC_FLUSH })
      : ending === 'zst'
        ? createZstdDecompress()
        : null
  if (unpacking === null) return null
  unpacking.end(packed)
  try {
    // The first piece is enough, and what is left of the stream goes with it.
    for await (const piece of unpacking) return piece as Buffer
  } catch {
    // It is not what its name says: whoever needs it to its end says so.
  }
  return null
}
