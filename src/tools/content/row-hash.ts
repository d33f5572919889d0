import pg from 'pg'
import { asOutput, type Column } from './column-expressions.ts'

/** SQL of a 64-bit hash of a row, for a seed: hashes of two seeds are independent of each other. */
export type RowHash = (seed: number) => string

/** A value of a row and how it is hashed. */
interface Part {
  readonly sql: string
  /** SQL of the hash of a value; null where only a record holds the type's hash. */
  readonly hash: ((sql: string, seed: string) => string) | null
}

const byName = (name: string) => (sql: string, seed: string) => `${name}(${sql}, ${seed})`
const asText = (sql: string, seed: string) => `hashtextextended(${sql} COLLATE "C", ${seed})`
const ofType = (sql: string) => ({ sql, hash: null })

/** PostgreSQL's own hash of eight bytes folds them to four, so that 0 and 4294967297 are one. */
const ofInt8 = (sql: string, seed: string) =>
  `hashint4extended((${sql} >> 32)::int4, hashint4extended(((${sql} << 32) >> 32)::int4, ${seed}))`

/**
 * Types whose hash tells apart every two values that print differently and is the same on every server. The rest is
 * hashed as text: enums and reg* hash by OID; numeric, float, jsonb, interval and citext are equal for values that
 * print differently; arrays hash without their dimensions; geometry, json, xml, bit, tsvector have no hash at all.
 */
const plain: { readonly [type: string]: (name: string) => Part } = {
  bool: (name) => ({ sql: `${name}::int4`, hash: byName('hashint4extended') }),
  bytea: ofType,
  char: (name) => ({ sql: name, hash: byName('hashcharextended') }),
  cidr: (name) => ({ sql: name, hash: byName('hashinetextended') }),
  date: ofType,
  inet: (name) => ({ sql: name, hash: byName('hashinetextended') }),
  int2: (name) => ({ sql: name, hash: byName('hashint2extended') }),
  int4: (name) => ({ sql: name, hash: byName('hashint4extended') }),
  int8: (name) => ({ sql: name, hash: ofInt8 }),
  macaddr: (name) => ({ sql: name, hash: byName('hashmacaddrextended') }),
  macaddr8: (name) => ({ sql: name, hash: byName('hashmacaddr8extended') }),
  name: (name) => ({ sql: name, hash: asText }),
  oid: (name) => ({ sql: name, hash: byName('hashoidextended') }),
  text: (name) => ({ sql: name, hash: asText }),
  // Their hashes fold eight bytes as well; the bytes themselves are hashed whole.
  time: (name) => ofType(`time_send(${name})`),
  timestamp: (name) => ofType(`timestamp_send(${name})`),
  timestamptz: (name) => ofType(`timestamptz_send(${name})`),
  timetz: (name) => ofType(`timetz_send(${name})`),
  uuid: (name) => ({ sql: name, hash: byName('uuid_hash_extended') }),
  varchar: (name) => ({ sql: name, hash: asText }),
}

/**
 * The hash of rows by these columns, in the order of their names, because a restore may renumber them (dropped columns,
 * inherited ones). Collations are C: nondeterministic ones hash by their library. Needs PostgreSQL 14.
 *
 * Each value is hashed with a seed of its own, these are joined by xor, and the whole is hashed once more: rows are
 * summed up, and of hash_record_extended alone a sum cannot tell which value stood in which row (it is linear in the
 * hashes of the columns, so that of two rows that swapped a value two of three had the same sum).
 */
export function writeRowHash(columns: readonly Column[]): RowHash {
  return hashParts([...columns].sort((a, b) => (a.name < b.name ? -1 : 1)).map(describePart))
}

/** The same of an OID and of the bytes that it stands for. */
export function writeObjectHash(oid: string, bytes?: string): RowHash {
  return hashParts([{ sql: oid, hash: byName('hashoidextended') }, ...(bytes === undefined ? [] : [ofType(bytes)])])
}

/** The same of what a person wrote, whose types only the server knows: they are hashed as it hashes them. */
export function writeExpressionHash(expressions: readonly string[]): RowHash {
  return hashParts(expressions.map(ofType))
}

/** Beyond the columns that a relation can have. */
const SEEDS_APART = 10_000

function hashParts(parts: readonly Part[]): RowHash {
  const inRecord = parts.filter(({ hash }) => hash === null).map(({ sql }) => sql)
  return (seed) => {
    const of = (at: number) => String(seed * SEEDS_APART + at + 1)
    const hashes = parts.flatMap(({ sql, hash }, at) => (hash === null ? [] : [`coalesce(${hash(sql, of(at))}, 0)`]))
    if (inRecord.length > 0) hashes.push(`hash_record_extended(ROW(${inRecord.join(', ')}), ${of(parts.length)})`)
    return `hashint4extended(${seed}, ${joinByXor(hashes)})`
  }
}

/** In pairs of pairs: a chain of a thousand is deeper than the server's stack. */
function joinByXor(hashes: readonly string[]): string {
  if (hashes.length < 2) return hashes[0] ?? '0'
  const half = hashes.length >> 1
  return `(${joinByXor(hashes.slice(0, half))} # ${joinByXor(hashes.slice(half))})`
}

function describePart(column: Column): Part {
  const name = pg.escapeIdentifier(column.name)
  const { builtIn, isArray, hasLength } = column
  if (isArray || builtIn === null) return { sql: asOutput(name), hash: asText }
  // char(n) is padded to n, so that its hash says all; bpchar without length ignores trailing blanks, as its cast does.
  if (builtIn === 'bpchar')
    return hasLength
      ? { sql: name, hash: (sql, seed) => `hashbpcharextended(${sql} COLLATE "C", ${seed})` }
      : { sql: asOutput(name), hash: asText }
  const known = Object.hasOwn(plain, builtIn) ? plain[builtIn] : undefined
  return known?.(name) ?? { sql: `${name}::text`, hash: asText }
}
