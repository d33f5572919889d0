import { describeFormat } from './format.ts'

/** Spring Boot's default: `2026-03-01 02:10:07.123 ERROR 19784 --- [main] o.s.batch.Step : text`. */
export const springBoot = describeFormat(
  'spring-boot',
  /^(?<at>\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d[.,]\d{3}\S{0,6}) {1,3}(?<level>[A-Z]{4,5}) (?<pid>\d{1,9}) --- (?:\[[^\]]{0,80}\] ){1,4}(?<source>\S{1,120}) {1,60}: (?<text>.*)/s,
)

/** log4j and logback in their usual layouts: level before or after the thread, logger in front of ` - ` or at the end in brackets. */
export const log4j = describeFormat(
  'log4j',
  /^\d{1,9} {1,4}\[[^\]]{1,80}\] (?<level>TRACE|DEBUG|INFO|WARN|ERROR|FATAL) {1,3}(?<source>[\w.$]{1,120}) {1,3}- (?<text>.*)/s,
  /^\[(?<source>[\w.$()/#@-]{1,120})\] (?<level>TRACE|DEBUG|INFO|WARN|ERROR|FATAL) (?<text>[\w.$]{1,120} - .*)/s,
  /^\[?(?<at>\d{4}[-/]\d\d[-/]\d\d[ T]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?)\]? {1,3}(?:\[[^\]]{0,80}\] {1,3}){0,2}\[?(?<level>TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL|SEVERE)\]? {1,4}(?:\[[^\]]{0,120}\] {1,3}){0,2}(?:(?<source>[\w.$/:()*-]{1,120}) {1,3}[-:] )?(?<text>.*)/s,
  /^(?<at>\d\d:\d\d:\d\d[.,]\d{1,6}) (?:\[[^\]]{0,80}\] ){0,2}(?<level>TRACE|DEBUG|INFO|WARN|ERROR|FATAL) {1,4}(?:(?<source>[\w.$/:-]{1,120}) {1,3}[-:] )?(?<text>.*)/s,
)

/** Hadoop and Sqoop: `19/01/11 10:06:36 ERROR mapreduce.ExportJobBase: text`. */
export const hadoop = describeFormat(
  'hadoop',
  /^\s{0,16}(?<at>\d{1,2}\/\d\d\/\d\d \d\d:\d\d:\d\d) (?<level>TRACE|DEBUG|INFO|WARN|ERROR|FATAL) (?<source>[\w.$]{1,120}): ?(?<text>.*)/s,
)

/** java.util.logging, as Liquibase and Flyway print it, and level-first layouts of log4j. */
export const javaUtilLogging = describeFormat(
  'java-util-logging',
  /^\[(?<at>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\] (?<level>SEVERE|WARNING|INFO|CONFIG|FINE|FINER|FINEST) \[(?<source>[\w.$-]{1,120})\] (?<text>.*)/s,
  /^(?<level>SEVERE|WARN|INFO|ERROR|DEBUG|FATAL) {1,2}- (?<source>[\w.$]{1,100}(?:\(\d+\))?) \|(?<at>[^|]{8,40})\| (?<text>.*)/s,
  /^(?<level>SEVERE|WARNING|INFO|ERROR|FATAL|DEBUG|WARN) (?<at>\d{1,2}\/\d{1,2}\/\d{2,4} \d{1,2}:\d\d(?: [AP]M)?): (?:(?<source>[\w.$-]{1,80}): )?(?<text>.*)/s,
)
