import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Errors of which no two use the same words, as many bytes as 25 MB: what is remembered of each must end somewhere. */
function writeDistinctErrors(count: number): Buffer {
  const syllables = [
    'ka',
    'lo',
    'mi',
    'ren',
    'tas',
    'vor',
    'el',
    'dun',
    'qui',
    'sha',
    'pex',
    'or',
    'um',
    'zi',
    'gra',
    'bel',
  ]
  let state = 1
  const pick = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return syllables[state >>> 28]
  }
  const word = () => `${pick()}${pick()}${pick()}`
  const lines = Array.from(
    { length: count },
    () => `2026-03-01 03:04:05 ERROR ${word()}: value too long for ${word()} ${word()} in ${word()}\n`,
  )
  return Buffer.from(lines.join(''))
}

/** What is found in real logs and stops tools: lines of 100 MB, runs of NUL, bytes that are no UTF-8, errors without end, progress bars. */
export function writeOddLogs(folder: string): { readonly name: string; readonly path: string }[] {
  const error = '2026-03-01 03:04:05 ERROR migrate: value too long for type character varying(12)\n'
  const odd: readonly (readonly [string, readonly Buffer[]])[] = [
    ['a line of 100 MB', [Buffer.alloc(100e6, 'x'), Buffer.from('\n')]],
    [
      'a line of 100 MB that looks like an error',
      [Buffer.from('ERROR: '), Buffer.alloc(100e6, 'ERROR: a=(b'), Buffer.from('\n')],
    ],
    ['a run of 50 MB of NUL', [Buffer.alloc(50e6), Buffer.from('\n')]],
    [
      'bytes that are no UTF-8',
      Array.from({ length: 20 }, () => Buffer.alloc(1e6, Buffer.from([0xff, 0xfe, 0xc0, 0x80, 0x41, 0x0a]))),
    ],
    ['one event of a million lines', [Buffer.alloc(5e6, 'warn\n')]],
    ['300,000 distinct errors', [writeDistinctErrors(300_000)]],
    ['a progress bar of 20 MB', [Buffer.alloc(20e6, 'copying orders  42 % [######    ]\r'), Buffer.from('\n')]],
  ]
  return odd.map(([name, parts], index) => {
    const path = join(folder, `odd-${index}.log`)
    writeFileSync(path, error)
    for (const part of parts) appendFileSync(path, part)
    appendFileSync(path, error)
    return { name, path }
  })
}
