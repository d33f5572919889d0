import { describeFormat } from './format.ts'

/** Maven, npm, Flyway's console, SqlPackage: the level in front. */
export const buildTools = describeFormat(
  'build-tools',
  /^\[(?<level>ERROR|WARNING|WARN|INFO|DEBUG|FATAL)\] (?<text>.*)/s,
  /^(?<level>Error|Warning) (?<text>SQL\d{5}: .*)/s,
  /^npm (?<level>ERR!|WARN|error|warn) (?<text>.*)/s,
)

/** Any line with a time and a level, or with a level in front: what no other format knew. */
export const anyLevel = describeFormat(
  'any',
  /^(?<level>TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL) {1,2}\[(?<at>\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[^\]\s]{0,12})\] (?<text>.*)/s,
  // Zabbix: process, day, time.
  /^\s{0,8}(?<pid>\d{1,9}):(?<at>\d{8}:\d{6}\.\d{3}) (?<text>.*)/s,
  // pino-pretty
  /^(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d )?\[(?<at>\d\d:\d\d:\d\d\.\d{3})\] (?<level>TRACE|DEBUG|INFO|WARN|ERROR|FATAL)(?: \([^)]{1,80}\))?: (?<text>.*)/s,
  /^[[(]?(?<at>\d{4}[-/.]\d\d[-/.]\d\d[ T]\d\d:\d\d:\d\d\S{0,12})[\])]? .{0,60}?\b(?<level>TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|ERR|SEVERE|CRITICAL|CRIT|FATAL|PANIC|debug|info|warn|warning|error|fatal|critical)\b[\]):|>-]{0,3}\s{0,4}(?<text>.*)/s,
  /^(?:time="?(?<at>[^" ]{10,40})"? )?level=(?<level>[a-z]{4,8}) (?:msg=)?(?<text>.*)/s,
  // Drivers of MySQL: `Error 1452 (23000): text`.
  /^(?<text>(?<level>Error|ERROR) \d{4}(?: \([0-9A-Z]{5}\))?: .*)/s,
  /^\s{0,8}[[(*]{0,2}(?<level>WARNING|WARN|ERROR|SEVERE|CRITICAL|FATAL|PANIC|NOTICE|INFO|DEBUG|Error|Warning|Fatal|error|fatal|warning)(?:[ \d()]{0,12})?[\])*]{0,2} ?[:>-] {0,4}(?<text>.*)/s,
  /^(?<at>\d{4}[-/.]\d\d[-/.]\d\d[ T]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?)[\s|:-]{1,4}(?<text>.*)/s,
)
