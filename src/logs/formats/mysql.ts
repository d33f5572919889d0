import { describeFormat } from './format.ts'

/** MySQL's and MariaDB's server log. */
export const mysqlServer = describeFormat(
  'mysql-server',
  /^(?<at>\d{4}-\d\d-\d\d(?:[T ]\d| {2})\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)?) (?<pid>\d{1,12}) \[(?<level>[A-Za-z]{3,9})\] (?<text>.*)/s,
)

/** mysql, mysqldump, mysqlimport, mydumper and myloader: the error first, with its number. */
export const mysqlClient = describeFormat(
  'mysql-client',
  /^(?<text>(?<level>ERROR) \d{4} (?:\([0-9A-Z]{5}\))?.*)/s,
  /^(?<source>mysql[a-z]{0,12}|mariadb[a-z-]{0,12}|mydumper|myloader|pt-[a-z-]{3,30}): (?<text>(?:\[(?<level>ERROR|Warning|Note)\]|(?:Got )?error|Error|Couldn't).*)/s,
  /^\*\* \((?<source>my(?:dumper|loader)):\d+\): (?<level>CRITICAL|WARNING|ERROR|INFO) \*\*: (?:(?<at>\d\d:\d\d:\d\d\.\d{3}): )?(?<text>.*)/s,
)

/** gh-ost: `2026-03-01 02:10:07 FATAL text`, also without seconds' fraction, and its bracketed first lines. */
export const ghOst = describeFormat(
  'gh-ost',
  /^\[?(?<at>\d{4}[-/]\d\d[-/]\d\d \d\d:\d\d:\d\d)\]? \[?(?<level>debug|info|warning|error|fatal|DEBUG|INFO|WARNING|ERROR|FATAL)\]? (?:\[?(?<source>[a-z_]{3,40}\.go:\d+)\]? )?(?<text>.*)/s,
)
