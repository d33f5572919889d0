import { airbyte } from './airbyte.ts'
import { ansible } from './ansible.ts'
import { anyLevel, buildTools } from './build-tools.ts'
import { dms } from './dms.ts'
import { dotnet, monolog, serilog } from './dotnet-php.ts'
import { unwrapLine } from './envelopes.ts'
import { type Format, makeLine, type ParsedLine } from './format.ts'
import { hadoop, javaUtilLogging, log4j, springBoot } from './java.ts'
import { knex, prisma, rails } from './javascript-ruby.ts'
import { jsonLines } from './json-lines.ts'
import { logfmt, structlog, zapConsole, zerologConsole } from './logfmt.ts'
import { mongoTools } from './mongo.ts'
import { ghOst, mysqlClient, mysqlServer } from './mysql.ts'
import { ora2pg, oracleTools } from './oracle.ts'
import { pgcopydb } from './pgcopydb.ts'
import { pgloader } from './pgloader.ts'
import { postgresCsvlog } from './postgres-csvlog.ts'
import { postgresStderr } from './postgres-stderr.ts'
import { postgresTools } from './postgres-tools.ts'
import { alembic, dbt, pythonLogging, pythonWarnings } from './python.ts'

export type { ParsedLine } from './format.ts'

/** Every known header, the more particular before the more general. */
export const formatRegister: readonly Format[] = [
  jsonLines,
  logfmt,
  structlog,
  zapConsole,
  zerologConsole,
  ansible,
  monolog,
  dotnet,
  serilog,
  postgresCsvlog,
  dms,
  mysqlClient,
  oracleTools,
  postgresTools,
  springBoot,
  hadoop,
  javaUtilLogging,
  pythonLogging,
  pythonWarnings,
  alembic,
  airbyte,
  pgloader,
  pgcopydb,
  mongoTools,
  mysqlServer,
  rails,
  log4j,
  postgresStderr,
  ghOst,
  dbt,
  prisma,
  knex,
  ora2pg,
  buildTools,
  anyLevel,
]

/** A line of a client that another program logs as information, and that calls itself an error. */
const repeatsError =
  /^(?:(?:pg_[a-z]{3,16}|psql|initdb|mysql[a-z]{0,12}|mariadb[a-z-]{0,12})(?::\S{1,300}:\d{1,9})?: .{0,60}?(?:error|fatal|ERROR|FATAL)\b|ERROR \d{4} \([0-9A-Z]{5}\))/
const repeated: readonly Format[] = [postgresTools, mysqlClient]

/** Takes lines' headers off; it tries the format of the line before first, as logs seldom change theirs. */
export function createHeaderParser(): (line: string) => ParsedLine {
  let last: Format | undefined
  function parseOnce(line: string): ParsedLine | null {
    const again = last?.parse(line)
    if (again) return again
    for (const format of formatRegister) {
      const parsed = format === last ? null : format.parse(line)
      if (!parsed) continue
      // The general ones would hide the particular ones of the next line.
      last = format === anyLevel || format === buildTools || format === ora2pg ? last : format
      return parsed
    }
    return null
  }
  /** A line may carry a second header: a worker's log of a connector's log. */
  function parseTwice(line: string): ParsedLine {
    const outer = parseOnce(line)
    if (!outer) return makeLine('plain', line)
    if (repeatsError.test(outer.text) && outer.level !== 'error' && outer.level !== 'fatal') {
      const inner = repeated.map((format) => format.parse(outer.text)).find((one) => one !== null)
      return inner?.level === 'error' || inner?.level === 'fatal' ? { ...outer, level: inner.level } : outer
    }
    if (!/^\[?\d{4}-\d\d-\d\d[ T]\d/.test(outer.text)) return outer
    const inner = parseOnce(outer.text)
    return inner ? { ...inner, level: inner.level ?? outer.level, source: inner.source ?? outer.source } : outer
  }
  return (line) => {
    const envelope = unwrapLine(line)
    if (!envelope) return tidy(parseTwice(line))
    const inner = tidy(parseTwice(envelope.text))
    return { ...inner, at: inner.at ?? envelope.at, source: inner.source ?? envelope.source }
  }
}

/** Quotes that a program escaped when it printed a text within another are quotes. */
function tidy(given: ParsedLine): ParsedLine {
  // A server's message that another program logs line by line: what belongs to it is none of its own.
  const parsed =
    given.format !== 'plain' && given.part === 'message' && /^(?:DETAIL|CONTEXT|HINT): {1,2}\S/.test(given.text)
      ? { ...given, part: 'detail' as const }
      : given
  return parsed.text.includes('\\"') ? { ...parsed, text: parsed.text.replaceAll('\\"', '"') } : parsed
}
