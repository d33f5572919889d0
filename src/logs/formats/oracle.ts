import { describeFormat } from './format.ts'

/** Data Pump, SQL*Loader, SQL*Plus and the old exp and imp: no level words, a code begins the line. */
export const oracleTools = describeFormat(
  'oracle-tools',
  /^(?:(?<at>\d\d-[A-Z]{3}-\d\d(?:\d\d)? \d\d:\d\d:\d\d\.\d{1,3}): )?(?<text>(?:ORA|KUP|UDI|UDE|IMP|EXP|LRM|SP2|SQL\*Loader|TNS|PLS|RMAN)-\d{3,5}:? .*)/s,
  /^(?<at>\d\d-[A-Z]{3}-\d\d(?:\d\d)? \d\d:\d\d:\d\d\.\d{1,3}): (?<text>.*)/s,
  /^(?<text>Record \d{1,15}: (?:Rejected|Discarded) - .*)/s,
)

/** ora2pg: bracketed times, and the database driver's own messages. */
export const ora2pg = describeFormat(
  'ora2pg',
  /^\[(?<at>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\] (?<text>.*)/s,
  /^(?<level>FATAL|WARNING|ERROR): (?<text>(?:\d{1,5} )?(?:ORA-|DBD::|DBI |Oracle|Ora2Pg|Can't|can not).*)/s,
  /^(?<text>DBD::\w{2,12}::\w{2} \w{1,40} failed: .*)/s,
)
