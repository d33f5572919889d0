import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLocalLogFiles } from '../../../src/logs/reader/local-files.ts'
import type { LogPiece } from '../../../src/logs/reader/log-piece.ts'
import { readLog } from '../../../src/logs/reader/read-log.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'salvor-read-log-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

async function collect(pieces: AsyncIterable<LogPiece>): Promise<{ text: string; notes: string[] }> {
  let text = ''
  const notes: string[] = []
  for await (const piece of pieces) {
    if ('bytes' in piece) text += piece.bytes.toString('utf8')
    else notes.push(piece.note.kind)
  }
  return { text, notes }
}

const files = createLocalLogFiles()

test('predecessors are read before the log, unpacked, and kept apart by a newline', async () => {
  writeFileSync(join(folder, 'm.log'), 'third\n')
  writeFileSync(join(folder, 'm.log.1'), 'second')
  writeFileSync(join(folder, 'm.log.2.gz'), gzipSync('first\n'))
  expect(await collect(readLog(files, join(folder, 'm.log'), { predecessors: 5 }))).toEqual({
    text: 'first\nsecond\nthird\n',
    notes: [],
  })
  expect((await collect(readLog(files, join(folder, 'm.log'), { predecessors: 1 }))).text).toBe('second\nthird\n')
  expect((await collect(readLog(files, join(folder, 'm.log')))).text).toBe('third\n')
})

test('a predecessor that unpacks to more than it may is cut, and that is said', async () => {
  writeFileSync(join(folder, 'm.log'), 'end\n')
  writeFileSync(join(folder, 'm.log.1.gz'), gzipSync('x'.repeat(5_000_000)))
  const { text, notes } = await collect(readLog(files, join(folder, 'm.log'), { predecessors: 1, unpackedCap: 1_000 }))
  expect(text).toBe(`${'x'.repeat(1_000)}\nend\n`)
  expect(notes).toEqual(['too_long'])
})

test('a broken predecessor does not hide the log', async () => {
  writeFileSync(join(folder, 'm.log'), 'end\n')
  writeFileSync(join(folder, 'm.log.1.gz'), 'this is no gzip')
  expect(await collect(readLog(files, join(folder, 'm.log'), { predecessors: 1 }))).toEqual({
    text: 'end\n',
    notes: ['unreadable'],
  })
})

test('a log that is not there is said to be unreadable', async () => {
  expect((await collect(readLog(files, join(folder, 'none.log')))).notes).toEqual(['unreadable'])
})
