import { describeFormat } from './format.ts'

/** pgloader: `2026-03-01T02:10:07.012000Z ERROR text`; it prints `KABOOM!` before what it dies of. */
export const pgloader = describeFormat(
  'pgloader',
  /^(?<at>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}(?:Z|[+-]\d\d:\d\d)) (?<level>DEBUG|INFO|NOTICE|LOG|SQL|DATA|WARNING|ERROR|FATAL|PANIC) (?<text>.*)/s,
  /^(?<text>(?<level>KABOOM)!.*)/s,
)
