import { utimesSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { analyse, layFiles } from './log-lab.ts'

const failure = 'value too long for type character varying(12) (SQLSTATE 22001)'
const line = (clock: string, text: string) => `2026-03-01T${clock}.000Z ERROR loader ${text}\n`
const log = [
  '2026-03-01T02:10:00.000Z INFO loader begins\n',
  line('02:10:07', `customers batch 1: ${failure}`),
  line('02:11:00', 'orders batch 4: deadlock detected (SQLSTATE 40P01)'),
].join('')

test('names what failed first with its code and where it stands', async () => {
  const at = layFiles({ 'app.log': log })
  const { root, others, lines, bytes, sources } = await analyse({ path: at('app.log') })
  expect(root).toMatchObject({ label: 'data_conversion', code: '22001', spot: { file: 'app.log', line: 2 } })
  expect(root?.excerpt.at(-1)).toBe(`2  ${line('02:10:07', `customers batch 1: ${failure}`).trim()}`)
  expect(others[0]).toMatchObject({ code: '40P01', spot: { line: 3 } })
  expect({ lines, bytes, sources }).toEqual({ lines: 3, bytes: log.length, sources: ['app.log'] })
})

test('of the time since then only that is read, and lines keep their numbers', async () => {
  const at = layFiles({ 'app.log': log })
  const { root, lines, since } = await analyse({ path: at('app.log') }, { since: '2026-03-01T02:10:30.000Z' })
  expect(root).toMatchObject({ code: '40P01', spot: { file: 'app.log', line: 3 } })
  expect({ lines, since }).toEqual({ lines: 1, since: '2026-03-01T02:10:30.000Z' })
})

test('what was written later than asked is not read', async () => {
  const at = layFiles({ 'app.log': log })
  const { root, others } = await analyse({ path: at('app.log') }, { until: '2026-03-01T02:10:30.000Z' })
  expect(root?.code).toBe('22001')
  expect(others).toEqual([])
})

test('rotated and compressed predecessors are read as far as the time needs, each line named in its own file', async () => {
  const old = (clock: string) => line(clock, 'relation "orders" does not exist (SQLSTATE 42P01)')
  const at = layFiles({
    'app.log': log,
    'app.log.1': line('01:30:00', 'waits') + old('01:40:00').trimEnd(),
    'app.log.2.gz': gzipSync(old('00:40:00')),
    'app.log.3': old('00:10:00'),
  })
  for (const [name, clock] of [
    ['app.log.1', '01:50:00'],
    ['app.log.2.gz', '00:50:00'],
    ['app.log.3', '00:20:00'],
  ] as const) {
    const time = new Date(`2026-03-01T${clock}.000Z`)
    utimesSync(at(name), time, time)
  }
  const { sources, root } = await analyse({ path: at('app.log') }, { since: '2026-03-01T01:35:00.000Z' })
  expect(sources).toEqual(['app.log.1', 'app.log'])
  expect(root).toMatchObject({ code: '42P01', spot: { file: 'app.log.1', line: 2 } })
  const more = await analyse({ path: at('app.log') }, { since: '2026-03-01T00:30:00.000Z' })
  expect(more.sources).toEqual(['app.log.2.gz', 'app.log.1', 'app.log'])
  expect(more.root?.spot).toEqual({ file: 'app.log.2.gz', line: 1 })
  const [later] = more.groups.filter(({ code }) => code === '22001')
  expect(later?.first).toEqual({ file: 'app.log', line: 2 })
})

test('a log whose lines bear no time is read as a whole, and says so', async () => {
  const at = layFiles({ 'app.log': `ERROR: ${failure}\n` })
  const { root, notes, since } = await analyse({ path: at('app.log') }, { since: '2026-03-01T02:10:30.000Z' })
  expect(root?.code).toBe('22001')
  expect(since).toBeNull()
  expect(notes.join()).toMatch(/no time that can be read/)
})

test('a time without an offset is wall clock of the plan', async () => {
  // 11:10 in Seoul is 02:10 UTC.
  const at = layFiles({ 'app.log': `2026-03-01 11:10:07 ERROR old: x\n2026-03-01 11:12:00 ERROR ${failure}\n` })
  const { root } = await analyse({ path: at('app.log') }, { since: '2026-03-01T02:11:00.000Z' })
  expect(root?.spot.line).toBe(2)
})

test('what a program prints is a log, on both of its streams', async () => {
  const script = `console.log('2026-03-01T02:10:00Z INFO up'); console.error('2026-03-01T02:10:07Z ERROR ${failure}')`
  const { root, sources } = await analyse({ argv: [process.execPath, '-e', script] })
  expect(root?.code).toBe('22001')
  expect(sources).toEqual([process.execPath.split('/').at(-1)])
})

test('a program that ends badly is no log', async () => {
  const script = `console.error('permission denied for password=hunter22'); process.exit(3)`
  await expect(analyse({ argv: [process.execPath, '-e', script] })).rejects.toMatchObject({
    code: 'log_program',
    message: expect.not.stringContaining('hunter22'),
  })
})

test.each([
  [{ path: '/nowhere/at/all.log' }, 'log_missing'],
  [{ path: '/var/log/app.log', host: 'app1' }, 'log_host'],
])('%j is refused with words of its own', async (source, code) => {
  await expect(analyse(source)).rejects.toMatchObject({ code })
})

test('a log in which nothing failed has no cause', async () => {
  const at = layFiles({ 'app.log': '2026-03-01T02:10:00.000Z INFO all is well\n' })
  expect(await analyse({ path: at('app.log') })).toMatchObject({ root: null, groups: [] })
})

test('a log of very many kinds of errors is kept in bounds', async () => {
  const words = Array.from(
    { length: 900 },
    (_, n) => `${'abcdefghij'.charAt(n % 10)}${n.toString(36).replace(/\d/g, 'q')}`,
  )
  const text = words.map(
    (word, n) => `ERROR ${word} ${word.repeat(3)} ${words[(n * 7) % 900]} broke ${'y'.repeat(1_000)}\n`,
  )
  const at = layFiles({ 'app.log': text.join('') })
  const found = await analyse({ path: at('app.log') })
  expect(JSON.stringify(found).length).toBeLessThan(100_000)
  expect(found.groups.length).toBeLessThanOrEqual(40)
})
