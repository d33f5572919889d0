import { appendFileSync, copyFileSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { followLog } from '../../../src/logs/reader/follow-log.ts'
import { createLocalLogFiles } from '../../../src/logs/reader/local-files.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'salvor-follow-log-'))
  path = join(folder, 'm.log')
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Follows while one thing after the other happens, each when the follower has caught up; ends after the last. */
async function follow(from: 'start' | 'end', happenings: readonly (() => void)[]): Promise<string[]> {
  const controller = new AbortController()
  const left = [...happenings]
  const seen: string[] = []
  const wait = async () => {
    const next = left.shift()
    if (next) next()
    else controller.abort()
  }
  for await (const piece of followLog(createLocalLogFiles(), path, { from, signal: controller.signal, wait })) {
    seen.push(
      'bytes' in piece
        ? piece.bytes.toString()
        : `(${piece.note.kind}${piece.note.mayMissLines ? ', lines may be missing' : ''})`,
    )
  }
  return seen
}

test('what is appended is read', async () => {
  writeFileSync(path, 'old\n')
  expect(await follow('start', [() => appendFileSync(path, 'new\n')])).toEqual(['old\n', 'new\n'])
})

test('from the end only what is new is read', async () => {
  writeFileSync(path, 'old\n')
  expect(await follow('end', [() => appendFileSync(path, 'new\n')])).toEqual(['new\n'])
})

test('a file that does not exist yet is waited for, and read from its beginning', async () => {
  expect(await follow('end', [() => writeFileSync(path, 'first\n')])).toEqual(['first\n'])
})

test('after a rotation the old file is read to its end before the new one', async () => {
  writeFileSync(path, 'one\n')
  const rotate = () => {
    renameSync(path, `${path}.1`)
    appendFileSync(`${path}.1`, 'late\n')
    writeFileSync(path, 'two\n')
  }
  expect(await follow('start', [rotate])).toEqual(['one\n', 'late\n', '(rotated)', 'two\n'])
})

test('while the new file is missing the old one is still read', async () => {
  writeFileSync(path, 'one\n')
  const rename = () => {
    renameSync(path, `${path}.1`)
    appendFileSync(`${path}.1`, 'late\n')
  }
  expect(await follow('start', [rename, () => writeFileSync(path, 'two\n')])).toEqual([
    'one\n',
    'late\n',
    '(rotated)',
    'two\n',
  ])
})

test('a file that was emptied in place is read anew, and lines may be missing', async () => {
  writeFileSync(path, 'one\ntwo\n')
  const empty = () => {
    truncateSync(path)
    appendFileSync(path, 'x\n')
  }
  expect(await follow('start', [empty])).toEqual(['one\ntwo\n', '(truncated, lines may be missing)', 'x\n'])
})

test('a file that was cut short behind its first bytes is read anew', async () => {
  writeFileSync(path, 'same line\n'.repeat(300))
  const seen = await follow('end', [() => writeFileSync(path, 'same line\n'.repeat(200))])
  expect(seen).toEqual(['(truncated, lines may be missing)', 'same line\n'.repeat(200)])
})

test('copytruncate is told by the copy that begins alike', async () => {
  writeFileSync(path, 'one\ntwo\n')
  const copyAndEmpty = () => {
    copyFileSync(path, `${path}.1`)
    truncateSync(path)
    appendFileSync(path, 'x\n')
  }
  expect(await follow('start', [copyAndEmpty])).toEqual(['one\ntwo\n', '(copytruncated, lines may be missing)', 'x\n'])
})

test('a file that was emptied and has outgrown what was read is told by its first bytes', async () => {
  writeFileSync(path, 'one\n')
  expect(await follow('start', [() => writeFileSync(path, 'another beginning, longer\n')])).toEqual([
    'one\n',
    '(truncated, lines may be missing)',
    'another beginning, longer\n',
  ])
})
