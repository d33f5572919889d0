import { type FileHandle, open } from 'node:fs/promises'
import type { TocEntry } from './toc.ts'

/** What kind of data a block of an -Fc archive holds. */
const ROWS = 1
const LARGE_OBJECTS = 3
const WINDOW = 1 << 20
/** A sign and four bytes. */
const INT_BYTES = 5

/**
 * What is wrong with the blocks of an -Fc archive that belong to large objects; null where nothing is. pg_restore goes
 * by a block's own kind, and takes rows where large objects should be for statements.
 */
export async function findOtherBlocks(of: {
  readonly path: string
  readonly entries: readonly TocEntry[]
  /** Where the first block begins. */
  readonly end: number
  readonly objects: readonly TocEntry[]
}): Promise<string | null> {
  const wrong = 'rows where large objects belong'
  await using file = await open(of.path, 'r')
  const blocks = createBlocks(file)
  const places = of.objects.map(placeOf)
  for (const at of places.filter((one) => one !== null)) if ((await blocks.readByte(at)) !== LARGE_OBJECTS) return wrong
  if (!places.includes(null)) return null
  // An archive that went through a pipe says nowhere where its blocks are: pg_restore looks for them one after the other,
  // from behind the last that it has read, so that one with a place would send it anywhere.
  if (of.entries.some((one) => placeOf(one) !== null)) return 'no place while others have one'
  const ids = new Set(of.objects.map((one) => one.id))
  for await (const { kind, id } of blocks.list(of.end)) if (ids.has(id) && kind !== LARGE_OBJECTS) return wrong
  return null
}

function placeOf({ data }: TocEntry): number | null {
  return data !== null && 'at' in data ? data.at : null
}

function createBlocks(file: FileHandle) {
  let window = Buffer.alloc(0)
  let from = 0
  const take = async (at: number, length: number): Promise<Buffer> => {
    if (at < from || at + length > from + window.length) {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(WINDOW), 0, WINDOW, at)
      window = buffer.subarray(0, bytesRead)
      from = at
    }
    return window.subarray(at - from, at - from + length)
  }
  const readInt = async (at: number): Promise<number> => {
    const bytes = await take(at, INT_BYTES)
    if (bytes.length < INT_BYTES || bytes[0] !== 0) throw new Error('a block has no length')
    return bytes.readUInt32LE(1)
  }
  /** Behind pieces of data, of which an empty one is the last. */
  const skipData = async (start: number): Promise<number> => {
    let at = start
    for (;;) {
      const length = await readInt(at)
      at += INT_BYTES + length
      if (length === 0) return at
    }
  }
  const readByte = async (at: number) => (await take(at, 1))[0] ?? null
  return {
    readByte,
    async *list(start: number): AsyncGenerator<{ kind: number; id: number }> {
      let at = start
      for (let kind = await readByte(at); kind !== null; kind = await readByte(at)) {
        yield { kind, id: await readInt(at + 1) }
        at += 1 + INT_BYTES
        if (kind === ROWS) at = await skipData(at)
        else if (kind === LARGE_OBJECTS) {
          for (let oid = await readInt(at); oid !== 0; oid = await readInt(at)) at = await skipData(at + INT_BYTES)
          at += INT_BYTES
        } else throw new Error('a block is of no known kind')
      }
    },
  }
}
