/**
 * Reads the numbers and texts of an archive's head out of its first bytes. A RangeError says that they end too early:
 * more of the file has to be read, or it was cut.
 */
export interface ArchiveCursor {
  /** Where it stands; may be set back to read again. */
  at: number
  readonly bytes: Buffer
  readByte(): number
  readInt(): number
  /** null for none, which the format tells from an empty one. */
  readText(decode: (bytes: Buffer) => string): string | null
  skip(bytes: number): void
}

const MAX_INT = 0x7fffffff

/** A cursor at `at` of the bytes; `intSize` is how many bytes the archive's writer had for a number. */
export function createCursor(bytes: Buffer, at: number, intSize: number): ArchiveCursor {
  const cursor: ArchiveCursor = {
    at,
    bytes,
    readByte() {
      const value = bytes.readUInt8(cursor.at)
      cursor.at += 1
      return value
    },
    readInt() {
      const sign = bytes.readUInt8(cursor.at)
      const value = bytes.readUIntLE(cursor.at + 1, Math.min(intSize, 6))
      if (cursor.at + 1 + intSize > bytes.length) throw new RangeError('a number ends early')
      cursor.at += 1 + intSize
      // pg_restore reads 32 bits of it, and would go on elsewhere than this.
      if (value > MAX_INT) throw new Error('a number is too large')
      return sign === 0 ? value : -value
    },
    readText(decode) {
      const length = cursor.readInt()
      if (length < 0) return null
      const from = cursor.at
      cursor.skip(length)
      const text = bytes.subarray(from, from + length)
      // pg_restore reads a text up to its first zero byte: what is judged here would not be what runs there.
      if (text.includes(0)) throw new Error('a text holds a zero byte')
      return decode(text)
    },
    skip(count) {
      if (cursor.at + count > bytes.length) throw new RangeError('the head ends early')
      cursor.at += count
    },
  }
  return cursor
}

/** Text as PostgreSQL's usual encoding writes it. */
export function decodeUtf8(bytes: Buffer): string {
  return bytes.toString('utf8')
}
