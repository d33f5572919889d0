import { encode } from 'iconv-lite'
import { expect, test } from 'vitest'
import { describeAnalysis } from '../../../src/domain/cards/log-card.ts'
import { analyse, layFiles } from './log-lab.ts'

const calm = '2026-03-01 02:10:07 INFO loaded 500 rows\n'.repeat(20)

test('of a log with lines that cannot be read it is never said that nothing failed', async () => {
  const noise = Buffer.from([0x81, 0x20, 0xff, 0x20, 0x8d, 0x9d, 0x20, 0xa0, 0x0a])
  const at = layFiles({ 'm.log': Buffer.concat([Buffer.from(calm), noise]) })
  const found = await analyse({ path: at('m.log') })
  expect(found).toMatchObject({ root: null, unread: 1 })
  expect(JSON.stringify(describeAnalysis(found, []))).not.toContain('nothing failed')
})

test('a log of a Korean Windows machine names the cause, its table, and the encoding', async () => {
  const line = 'psql:load.sql:51: 오류:  "orders" 이름의 릴레이션(relation)이 없습니다\n'
  const at = layFiles({ 'm.log': Buffer.concat([Buffer.from(calm), encode(line, 'cp949')]) })
  const found = await analyse({ path: at('m.log') })
  expect(found.root).toMatchObject({ label: 'missing_object', place: { table: 'orders', inputLine: 51 } })
  expect(found.notes.join(' ')).toContain('CP949')
})

test('a log whose lines bear no time is said to be one first', async () => {
  const at = layFiles({ 'm.log': 'INSERT 0 1\nERROR:  relation "orders" does not exist\n' })
  const found = await analyse({ path: at('m.log') }, { since: '2026-03-01T02:10:00.000Z' })
  expect(found.isTimeless).toBe(true)
  const [first = ''] = describeAnalysis(found, []).lines
  expect(first.startsWith('⚠')).toBe(true)
})

test('what is older than asked for is not read of a log whose lines bear only a clock', async () => {
  const clock = (ago: number) => new Date(Date.now() - ago).toISOString().slice(11, 23)
  const at = layFiles({
    'm.log': `${clock(3_000_000)} 41 ERROR  relation "old" does not exist\n${clock(60_000)} 41 ERROR  relation "new" does not exist\n`,
  })
  const found = await analyse(
    { path: at('m.log') },
    { since: new Date(Date.now() - 600_000).toISOString(), timezone: 'UTC' },
  )
  expect(found.root?.place.table).toBe('new')
})
