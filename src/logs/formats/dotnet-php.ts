import { describeFormat } from './format.ts'

/** Monolog of PHP, Laravel's among them: `[2026-03-01 02:10:07] production.ERROR: text {"exception":…}`. */
export const monolog = describeFormat(
  'monolog',
  /^\[(?<at>\d{4}-\d\d-\d\d[T ][\d:.]{5,20}(?:Z|[+-]\d\d:?\d\d)?)\] (?<source>[\w.-]{1,40})\.(?<level>DEBUG|INFO|NOTICE|WARNING|ERROR|CRITICAL|ALERT|EMERGENCY): (?<text>.*)/s,
)

/** The console of .NET: `fail: Logger[20102]`, its message on the lines below. */
export const dotnet = describeFormat(
  'dotnet',
  /^(?<level>trce|dbug|info|warn|fail|crit): (?<source>[\w.`+]{1,200})\[\d{1,9}\](?<text>.*)/s,
)

/** Serilog and NLog: `[02:10:07 ERR] text`, `2026-03-01 02:10:07.123 +00:00 [ERR] text`, `time|ERROR|Logger|text`. */
export const serilog = describeFormat(
  'serilog',
  /^\[(?<at>(?:\d{4}-\d\d-\d\d[T ])?\d\d:\d\d:\d\d(?:\.\d{1,7})?(?: ?[+-]\d\d:\d\d)?) (?<level>VRB|DBG|INF|WRN|ERR|FTL)\] (?<text>.*)/s,
  /^(?<at>\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,7})?(?: ?[+-]\d\d:\d\d)?) \[(?<level>VRB|DBG|INF|WRN|ERR|FTL)\] (?<text>.*)/s,
  /^(?<at>\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,7})?) ?\| ?(?<level>TRACE|DEBUG|INFO|WARN|ERROR|FATAL) ?\| ?(?:(?<source>[\w.]{1,120}) ?\| ?)?(?<text>.*)/s,
)
