import { expect, test } from 'vitest'
import { createEventAssembler } from '../../../src/logs/events/assemble-events.ts'
import type { LogEvent } from '../../../src/logs/events/event.ts'
import { createHeaderParser } from '../../../src/logs/formats/index.ts'

/** Events of a text, each as the kinds and numbers of its lines; every line with `rror` or a cause tells. */
function assemble(text: string): { event: LogEvent; lines: string[] }[] {
  const events: { event: LogEvent; lines: string[] }[] = []
  const parse = createHeaderParser()
  const assembler = createEventAssembler((event) => {
    events.push({ event, lines: event.lines.map((line) => `${line.number} ${line.kind}`) })
  })
  for (const [place, line] of text.split('\n').entries()) {
    assembler.accept(line, place + 1, parse(line), /rror|xception|ERR|Reject|ORA-/.test(line), () => [])
  }
  assembler.settle()
  return events.toSorted((a, b) => (a.event.lines[0]?.number ?? 0) - (b.event.lines[0]?.number ?? 0))
}

test('details of PostgreSQL belong to their process’s message, whatever stands between', () => {
  const events = assemble(`2026-03-01 02:10:07.123 UTC [11] ERROR:  one
2026-03-01 02:10:07.124 UTC [22] ERROR:  two
2026-03-01 02:10:07.125 UTC [33] LOG:  checkpoint starting
2026-03-01 02:10:07.126 UTC [11] DETAIL:  of one
2026-03-01 02:10:07.127 UTC [22] STATEMENT:  of two`)
  expect(events.map(({ lines }) => lines)).toEqual([
    ['1 head', '4 detail'],
    ['2 head', '5 statement'],
  ])
})

test('a Java stack is one event with its causes', () => {
  const events = assemble(`2026-03-01 02:10:07.123 ERROR 1 --- [main] a.B : step error

a.b.OuterException: outer
\tat a.b.C.d(C.java:1)
Caused by: a.b.InnerException: inner
\t... 3 more
2026-03-01 02:10:08.123  INFO 1 --- [main] a.B : done`)
  expect(events.map(({ lines }) => lines)).toEqual([
    ['1 head', '2 plain', '3 exception', '4 frame', '5 cause', '6 frame'],
  ])
})

test('a stack whose every line has a header of its own is one event', () => {
  const events = assemble(`2026-03-01 02:10:07 destination > ERROR java.lang.RuntimeException: Error outer
2026-03-01 02:10:07 destination > ERROR \tat a.b.C.d(C.java:1)
2026-03-01 02:10:07 destination > ERROR Caused by: a.b.InnerException: inner`)
  expect(events).toHaveLength(1)
})

test('a Python traceback is one event', () => {
  const events = assemble(`Traceback: an error
  File "a.py", line 3, in run
    load()
psycopg2.errors.UndefinedTable: relation "a" does not exist`)
  expect(events.map(({ lines }) => lines)).toEqual([['1 head', '2 frame', '3 plain', '4 exception']])
})

test('an ORA- stack explains its first line, and each rejected record is an event', () => {
  const events = assemble(`ORA-31693: Table data object "A"."T" failed to load/unload
ORA-29913: error in executing callout
ORA-02291: integrity constraint violated
Record 7: Rejected - Error on table T.
ORA-01722: invalid number`)
  expect(events.map(({ lines }) => lines.length)).toEqual([3, 2])
})

test('the text of a statement is nothing but that', () => {
  const [event] = assemble(`pg_restore: error: could not execute query: ERROR:  no
Command was: CREATE FUNCTION f() AS $$
  RAISE EXCEPTION 'an error that nobody had';
$$`)
  expect(event?.lines).toEqual(['1 head', '2 statement', '3 statement', '4 statement'])
})

test('an event without end is cut', () => {
  const [event, ...rest] = assemble(`ERROR: begun\n${'and on and on\n'.repeat(1_000)}`)
  expect(event?.lines.length).toBeLessThan(60)
  expect(rest).toEqual([])
})
