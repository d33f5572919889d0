import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isQuiet } from '../../../src/logs/classify/harmless.ts'
import { createEventAssembler } from '../../../src/logs/events/assemble-events.ts'
import type { LogEvent } from '../../../src/logs/events/event.ts'
import { createEventMemo, type RawLine } from '../../../src/logs/events/event-memo.ts'
import { createHeaderParser } from '../../../src/logs/formats/index.ts'

/** What an event says, digits aside. */
const tell = (event: LogEvent) =>
  event.lines.map((line) => `${line.kind} ${line.message.replace(/\d+/g, '0')}`).join('\n')

const none = { find: () => [], keep: () => ({ nearest: [], findNaming: () => [] }) }

/** Counts events by what they say, with or without a memory for those that were read before. */
function countEvents(lines: readonly string[], remembers: boolean): { counts: Record<string, number>; parsed: number } {
  const counts: Record<string, number> = {}
  const count = (outcome: string) => {
    counts[outcome] = (counts[outcome] ?? 0) + 1
    return outcome
  }
  let parsed = 0
  const parse = createHeaderParser()
  const assembler = createEventAssembler((event) => memo.learn(event, count(tell(event))))
  const read = ({ raw, number, isTelling }: RawLine) => {
    if (isQuiet(raw)) return assembler.closeText()
    parsed += 1
    assembler.accept(raw, number, parse(raw), isTelling, () => [])
  }
  const memo = createEventMemo<string>(assembler, read, count)
  for (const [place, raw] of lines.entries()) {
    const line = { raw, number: place + 1, isTelling: /rror|xception/.test(raw), before: none }
    if (remembers) memo.onLine(line)
    else read(line)
  }
  memo.settle()
  assembler.settle()
  return { counts, parsed }
}

const pool = [
  '2026-03-01 02:10:07 ERROR [main] a.B - error in step 1',
  '2026-03-01 02:10:07 ERROR [main] a.B - error in step 22',
  '2026-03-01 02:10:07 INFO [main] a.B - well',
  '2026-03-01 02:10:07 WARN [main] a.B - slow',
  'a.b.OuterException: failed',
  '\tat a.b.C.d(C.java:17)',
  'Caused by: a.b.InnerException: inner',
  'ERROR 1062 (23000) at line 3: error one',
  'ERROR 1054 (42S22) at line 3: error one',
  'and some text',
  '',
]

test('with a memory the same events are counted as without', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pool), { maxLength: 120 }), (lines) => {
      expect(countEvents(lines, true).counts).toEqual(countEvents(lines, false).counts)
    }),
    { numRuns: 1_000 },
  )
})

test('repetitions are not parsed', () => {
  const event = [pool[0], pool[4], pool[5], pool[5], pool[6], pool[2]].map(String)
  const { counts, parsed } = countEvents(Array.from({ length: 100 }, () => event).flat(), true)
  expect(Object.values(counts)).toEqual([100])
  expect(parsed).toBeLessThan(15)
})

test('events of more lines than are remembered are counted as without a memory', () => {
  for (const length of [198, 199, 200, 201, 202, 260]) {
    const event = [String(pool[0]), ...Array.from({ length }, () => 'more text of an error')]
    const lines = [event, event.slice(0, 199), event, event.slice(0, 200), event, event.slice(0, 201)].flat()
    expect(countEvents(lines, true).counts).toEqual(countEvents(lines, false).counts)
  }
})
