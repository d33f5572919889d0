import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  findPath,
  findSegment,
  followSegments,
  isOnPath,
  lastSegment,
  nameSegment,
  newestTimeline,
  parseHistory,
  parseLsn,
  parseSegment,
  type WalArchive,
} from '../../src/domain/wal.ts'

const MB16 = 16n * 1024n ** 2n
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => BigInt(from + at))

/** Segments of each timeline, and where each later one branched off the one before it: in the middle of a segment. */
function archiveOf(
  segments: { [timeline: number]: bigint[] },
  branches: { [timeline: number]: number } = {},
): WalArchive {
  const past = Object.entries(branches).map(([timeline, segment], at) => ({
    timeline: Number(timeline),
    switch: { timeline: at + 1, end: BigInt(segment) * MB16 + 4096n },
  }))
  return {
    segmentBytes: MB16,
    segments: new Map(Object.entries(segments).map(([timeline, all]) => [Number(timeline), new Set(all)])),
    histories: new Map(past.map(({ timeline }, at) => [timeline, past.slice(0, at + 1).map((one) => one.switch)])),
  }
}

function pathTo(archive: WalArchive, timeline: number) {
  const path = findPath(archive, timeline)
  if (path === null) throw new Error('no path')
  return path
}

describe('segments along a timeline', () => {
  test.each([
    ['000000010000000000000007', 1, 7n],
    ['0000000A000000020000000F', 10, 2n * 256n + 15n],
  ] as const)('%s', (name, timeline, segment) => {
    expect(parseSegment(name, MB16)).toEqual({ timeline, segment })
    expect(nameSegment(timeline, segment, MB16)).toBe(name)
  })

  test('a position is in the segment that its name says', () => {
    expect(parseLsn('0/7000110') / MB16).toBe(7n)
    expect(parseLsn('1/0') / MB16).toBe(256n)
    expect(() => parseLsn('7')).toThrow(RangeError)
  })

  test('end before the first that is missing', () => {
    const archive = archiveOf({ 1: [...range(2, 5), ...range(7, 9)] })
    const path = pathTo(archive, 1)
    expect(followSegments(archive, path, 2n)).toEqual({ last: 5n, missing: 6n })
    expect(followSegments(archive, path, 6n)).toEqual({ last: null, missing: 6n })
    expect(lastSegment(archive, path)).toBe(9n)
  })
})

describe('a second timeline', () => {
  // Both timelines have the segment in which the second began, and the first went on for a while.
  const archive = archiveOf({ 1: range(2, 8), 2: range(5, 6) }, { 2: 5 })

  test('is the newest, takes its own file of the segment in which it began, and nothing of the branch that was left', () => {
    expect(newestTimeline(archive)).toBe(2)
    const path = pathTo(archive, 2)
    expect([3n, 4n, 5n, 6n].map((one) => findSegment(archive, path, one))).toEqual([1, 1, 2, 2])
    expect(followSegments(archive, path, 2n).last).toBe(6n)
    expect(lastSegment(archive, path)).toBe(6n)
  })

  test('is reached from backups that ended before it began, and from its own', () => {
    const path = pathTo(archive, 2)
    expect(isOnPath(path, 1, 5n * MB16)).toBe(true)
    expect(isOnPath(path, 1, 6n * MB16)).toBe(false)
    expect(isOnPath(path, 2, 6n * MB16)).toBe(true)
    expect(isOnPath(pathTo(archive, 1), 2, 6n * MB16)).toBe(false)
  })

  test('without its history leads nowhere', () => {
    expect(findPath(archive, 3)).toBeNull()
  })

  test('a history says who came before, and comments say nothing', () => {
    expect(parseHistory('1\t0/5001000\tno recovery target specified\n\n# x\n2\t0/9000000\tbefore 2026\n')).toEqual([
      { timeline: 1, end: 0x5001000n },
      { timeline: 2, end: 0x9000000n },
    ])
  })
})

test('segments that are followed are all there, and the next one is not', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
      fc.integer({ min: 1, max: 40 }),
      (there, from) => {
        const archive = archiveOf({ 1: there.map(BigInt) })
        const { last, missing } = followSegments(archive, pathTo(archive, 1), BigInt(from))
        const reached = last === null ? [] : range(from, Number(last))
        expect(reached.every((one) => there.includes(Number(one)))).toBe(true)
        expect(there.includes(Number(missing))).toBe(false)
        expect(missing).toBe(last === null ? BigInt(from) : last + 1n)
      },
    ),
  )
})
