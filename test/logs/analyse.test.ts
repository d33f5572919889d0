import fc from 'fast-check'
import { expect, test } from 'vitest'
import { analyseLog, analyseText, createLogAnalyser } from '../../src/logs/analyse.ts'

const at = (second: number, pid: number) => `2026-03-01 02:10:${String(second).padStart(2, '0')}.000 UTC [${pid}]`

test('the first error is the root, what follows from it is a consequence', () => {
  const analysis = analyseText(`${at(1, 7)} LOG:  connection received
${at(2, 7)} ERROR:  value too long for type character varying(10)
${at(3, 7)} ERROR:  current transaction is aborted, commands ignored until end of transaction block
${at(4, 7)} ERROR:  current transaction is aborted, commands ignored until end of transaction block
${at(5, 7)} FATAL:  terminating connection due to administrator command
`)
  expect(analysis.root).toMatchObject({
    line: { number: 2 },
    label: 'data_conversion',
    certain: true,
    at: '2026-03-01 02:10:02.000 UTC',
  })
  expect(analysis.consequences.map(({ firstLine, lastLine, count }) => [firstLine, lastLine, count])).toEqual([
    [3, 4, 2],
    [5, 5, 1],
  ])
  expect(analysis.levels).toEqual({ fatal: 1, error: 3, warn: 0 })
  expect(analysis.lines).toBe(5)
})

test('a consequence before its cause is not the root', () => {
  const analysis =
    analyseText(`${at(2, 7)} ERROR:  current transaction is aborted, commands ignored until end of transaction block
${at(3, 8)} ERROR:  deadlock detected
`)
  expect(analysis.root).toMatchObject({ line: { number: 2 }, label: 'lock_deadlock_timeout' })
})

test('an error that no rule knows is the root unless a known cause follows soon', () => {
  const strange = `${at(1, 7)} ERROR:  the flux went sideways`
  const known = `${at(9, 8)} ERROR:  deadlock detected`
  const well = `${at(2, 9)} LOG:  well`
  const find = (between: number) =>
    analyseText([strange, ...Array.from({ length: between }, () => well), known].join('\n')).root?.line.number
  expect(find(3)).toBe(5)
  expect(find(300)).toBe(1)
})

test('a warning before an error is not the root', () => {
  const { root } = analyseText(
    `${at(1, 7)} WARNING:  value too long for column\n${at(2, 7)} ERROR:  deadlock detected\n`,
  )
  expect(root?.line.number).toBe(2)
})

test('a log of consequences only says that the cause is not in it', () => {
  const { root } = analyseText('26/03/01 02:10:07 ERROR mapreduce.ExportJobBase: Export job failed!\n')
  expect(root).toMatchObject({ certain: false, label: 'other' })
  expect(root?.words).toContain('the cause is not in it')
})

test('a log in which all is well has no root', () => {
  const analysis = analyseText(
    `${at(1, 7)} LOG:  checkpoint complete\nDone: 0 errors, 0 warnings\n{"level":30,"msg":"ok","errors":0}\n`,
  )
  expect(analysis).toMatchObject({ root: null, events: 0, groups: [], consequences: [] })
})

test('equal errors are one group with its count, first and last, and the tables it met', () => {
  const lines = Array.from({ length: 50 }, (_, n) => {
    const table = n % 2 === 0 ? 'orders' : 'customers'
    return `${at(n, 100 + n)} ERROR:  null value in column "id" of relation "${table}" violates not-null constraint`
  })
  const analysis = analyseText(lines.join('\n'))
  expect(
    analysis.groups.map(({ count, firstLine, lastLine, tables }) => ({ count, firstLine, lastLine, tables })),
  ).toEqual([{ count: 50, firstLine: 1, lastLine: 50, tables: { orders: 25, customers: 25 } }])
  expect(analysis.tables).toEqual({ orders: 25, customers: 25 })
  expect(analysis.timeline.reduce((sum, { errors }) => sum + errors, 0)).toBe(50)
})

test('the earliest event of a group stands for it, even when its process says more later', () => {
  const error = (second: number, pid: number) =>
    `${at(second, pid)} ERROR:  duplicate key value violates unique constraint "a"`
  const analysis = analyseText(
    [error(1, 11), error(2, 22), error(3, 22), `${at(4, 11)} DETAIL:  Key (id)=(1) already exists.`].join('\n'),
  )
  expect(analysis.groups).toMatchObject([
    {
      count: 3,
      firstLine: 1,
      lastLine: 3,
      firstAt: '2026-03-01 02:10:01.000 UTC',
      lastAt: '2026-03-01 02:10:03.000 UTC',
    },
  ])
  expect(analysis.root?.line.number).toBe(1)
})

test('errors of one wording but different codes are different groups', () => {
  const analysis = analyseText('ERROR 1054 (42S22) at line 3: no\nERROR 1062 (23000) at line 4: no\n')
  expect(analysis.groups.map(({ code }) => code)).toEqual(['1054', '1062'])
})

test('of thousands of kinds of errors a thousand are kept', () => {
  const analyser = createLogAnalyser()
  const word = (n: number) => n.toString(26).replace(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)] ?? '')
  for (let n = 0; n < 3_000; n++)
    analyser.push(Buffer.from(`ERROR:  ${word(n * 7919)} ${word(n * 104_729)} ${word(n)}\n`))
  const analysis = analyser.finish()
  expect(analysis.events).toBe(3_000)
  expect(analysis.groups.length).toBeLessThanOrEqual(1_000)
})

test('what is known can be looked at while the log goes on', () => {
  const analyser = createLogAnalyser()
  analyser.push(Buffer.from('ERROR:  division by zero\nERROR:  relation "a" does not ex'))
  expect(analyser.look().lines).toBe(1)
  analyser.push(Buffer.from('ist\n'))
  expect(analyser.finish()).toMatchObject({ lines: 2, events: 2, root: { line: { number: 1 } } })
})

test('what the reader had to say comes with the analysis', async () => {
  async function* pieces() {
    yield { bytes: Buffer.from('ERROR:  division by zero\n') }
    yield { note: { kind: 'rotated' as const, path: '/l/a.log', mayMissLines: false } }
  }
  const { analysis, notes } = await analyseLog(pieces())
  expect(analysis.root?.label).toBe('data_conversion')
  expect(notes.map(({ kind }) => kind)).toEqual(['rotated'])
})

test('no bytes make the analysis throw, and lines are counted right', () => {
  const piece = fc.constantFrom(
    'ERROR:  ',
    'Caused by: ',
    '\n',
    '\r',
    '\tat x\n',
    'ORA-00001: ',
    '{"level":50,"msg":"',
    '"}\n',
    'DETAIL:  ',
    '[123] ',
    '\u0000',
  )
  const text = fc
    .array(fc.oneof(piece, fc.string({ maxLength: 6 })), { maxLength: 60 })
    .map((parts) => Buffer.from(parts.join('')))
  fc.assert(
    fc.property(
      fc.oneof(
        text,
        fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
      ),
      (bytes) => {
        const analyser = createLogAnalyser()
        analyser.push(bytes)
        const { lines } = analyser.finish()
        const plain = bytes.filter((byte) => byte !== 0)
        const newlines = plain.filter((byte) => byte === 10).length
        expect(lines).toBe(newlines + (plain.length > 0 && plain.at(-1) !== 10 ? 1 : 0))
      },
    ),
    { numRuns: 500 },
  )
})
