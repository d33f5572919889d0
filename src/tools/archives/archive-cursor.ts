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
      return sign === 0 ? value : -value
    },
    readText(decode) {
      const length = cursor.readInt()
      if (length < 0) return null
      const from = cursor.at
      cursor.skip(length)
      return decode(bytes.subarray(from, from + length))
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
