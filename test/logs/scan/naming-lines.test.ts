import { expect, test } from 'vitest'
import { analyseText, createLogAnalyser } from '../../../src/logs/analyse.ts'
import { createNamingLines } from '../../../src/logs/scan/naming-lines.ts'

const calm = (count: number) => 'all is well with rows 1 to 500\n'.repeat(count)
const step = 'Applying V7__add_orders.sql\n'
const find = (line: { readonly number: number; readonly raw: string }) => `${line.number} ${line.raw}`

test.each([
  ['Running 20240102030405'],
  ['Upgrade 1a2b3c4d5e6f -> next'],
  ['Running upgrade to 0123456789abcdef0123456789abcdef01234567'],
  ['Migrating "orders"'],
  ['Executing V12_1__x'],
  ['Applying 0004_alter_report'],
  ['Running App::Orders'],
  ['Migrating to version v7'],
  ['Importing orders.csv'],
])('%s names a step', (line) => {
  const block = Buffer.from(`${line}\n${calm(20)}`)
  expect(createNamingLines().find(block, block.length, 21).map(find)).toEqual([`1 ${line}`])
})

test.each([['Running 201'], ['Upgrade 1a2b3c4d5e6 next'], ['Upgrade 1a2b3c4d5e6fx next'], ['Importing orders']])(
  '%s names none',
  (line) => {
    const block = Buffer.from(`${line}\n${calm(20)}`)
    expect(createNamingLines().find(block, block.length, 21)).toEqual([])
  },
)

test('what is kept is found when the bytes are gone, and is what would have been found at once', () => {
  const block = Buffer.from(`${calm(3)}${step}${calm(30)}`)
  const atOnce = createNamingLines().find(block, block.length, 34)
  const kept = createNamingLines().keep(block, block.length, 34)
  block.fill(0)
  expect(kept()).toEqual(atOnce)
  expect(atOnce.map(find)).toEqual(['4 Applying V7__add_orders.sql'])
})

test('a step is found wherever the log is cut into blocks', () => {
  for (const size of [1, 2, 10, 40]) {
    const naming = createNamingLines()
    const lines = `${calm(3)}${step}${calm(60)}`.split(/(?<=\n)/)
    for (let at = 0; at < lines.length; at += size)
      naming.endBlock(Buffer.from(lines.slice(at, at + size).join('')), Math.min(at + size, lines.length))
    const last = Buffer.from('an error\n')
    expect(naming.keep(last, 0, lines.length)().map(find)).toEqual(['4 Applying V7__add_orders.sql'])
    expect(naming.find(last, 0, lines.length).map(find)).toEqual(['4 Applying V7__add_orders.sql'])
  }
})

const failed = (cause: string) => `2026-03-01 03:04:05 ERROR load - batch failed\n${cause}\n`
const well = '2026-03-01 03:04:05 INFO load - well\n'
/** Its head is known from the warnings before, its cause is not. */
const later = `${failed('java.lang.RuntimeException: later').concat(well).repeat(3)}${step}${calm(20)}${failed('java.sql.SQLException: ORA-00942: table or view does not exist')}${well}`

test('a failure that begins as one before has the step in its evidence that was under way', () => {
  expect(analyseText(later).root?.evidence.map(({ text }) => text)).toContain(step.trim())
})

test('and has it when its lines came one by one', () => {
  const analyser = createLogAnalyser()
  for (const line of later.split(/(?<=\n)/)) analyser.push(Buffer.from(line))
  expect(analyser.finish().root?.evidence).toEqual(analyseText(later).root?.evidence)
})
