import { describeFormat, type Format, makeLine } from './format.ts'
import { nameErrors, readObject } from './json-lines.ts'

const pair = /([\w.@-]{1,60})=(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|(\S*))/g

/** `time=… level=error msg="…" error="…"`: logrus, slog, Grafana's and others' `key=value`. */
export const logfmt: Format = {
  name: 'logfmt',
  parse(line) {
    if (!/^(?:[\w.@-]{1,60}=(?:"[^"]{0,100}"|\S{0,100}) ){0,6}(?:level|lvl|severity)=/.test(line)) return null
    const fields = readPairs(line)
    const level = fields.level ?? fields.lvl ?? fields.severity
    const text = fields.msg ?? fields.message ?? fields.event ?? fields.error ?? fields.err
    if (level === undefined || text === undefined) return null
    return makeLine(
      'logfmt',
      text,
      {
        level,
        at: fields.time ?? fields.ts ?? fields.timestamp ?? fields.t,
        source: fields.logger ?? fields.component ?? fields.caller,
      },
      { also: nameErrors(fields, text) },
    )
  },
}

/** structlog's console and Meltano: `2026-03-01T02:00:00Z [error    ] text  key=value`. */
export const structlog: Format = {
  name: 'structlog',
  parse(line) {
    const parsed = plainStructlog.parse(line)
    if (!parsed) return null
    const at = parsed.text.search(/ {2,40}[\w.[\]-]{1,60}=/)
    if (at < 0) return parsed
    const fields = readPairs(parsed.text.slice(at))
    const text = parsed.text.slice(0, at)
    return { ...parsed, text, also: nameErrors(fields, text) }
  },
}

const plainStructlog = describeFormat(
  'structlog',
  /^(?:(?<at>\d{4}-\d\d-\d\d[T ][\d:.]{5,20}(?:Z|[+-]\d\d:?\d\d)?) )?\[(?<level>debug|info|warning|warn|error|critical|fatal) {0,10}\] (?<text>.*)/s,
)

function readPairs(line: string): { readonly [name: string]: string } {
  const fields: Record<string, string> = Object.create(null)
  for (const [, name = '', quoted, single, bare] of line.slice(0, 16_000).matchAll(pair))
    fields[name.toLowerCase()] ??= quoted?.replaceAll('\\"', '"').replaceAll('\\n', '\n') ?? single ?? bare ?? ''
  return fields
}

/** zerolog's console: `2026-03-01T02:00:00Z ERR text error="…" module=cli`. */
export const zerologConsole: Format = {
  name: 'zerolog',
  parse(line) {
    const groups = zerologLine.exec(line)?.groups
    if (!groups) return null
    const { at, level, text = '' } = groups
    const from = text.search(/ [a-z][\w.-]{0,60}=(?:"|\S)/)
    if (from < 0) return makeLine('zerolog', text, { at, level })
    const fields = readPairs(text.slice(from))
    const said = text.slice(0, from)
    return makeLine('zerolog', said, { at, level, source: fields.module }, { also: nameErrors(fields, said) })
  },
}

const zerologLine =
  /^(?<at>\d{4}-\d\d-\d\d[T ][\d:.]{8,20}(?:Z|[+-]\d\d:?\d\d)?|\d{1,2}:\d\d(?::\d\d)?(?:AM|PM)?) (?<level>TRC|DBG|INF|WRN|ERR|FTL|PNC) (?:[\w./-]{1,120}:\d{1,6} > )?(?<text>.*)/s

/** zap's console: time, level, caller and text between tabs, then the fields as JSON. */
export const zapConsole: Format = {
  name: 'zap',
  parse(line) {
    const groups = zapLine.exec(line)?.groups
    if (!groups) return null
    const { at, level, source, text = '' } = groups
    const from = text.lastIndexOf('\t{')
    if (from < 0) return makeLine('zap', text, { at, level, source })
    const said = text.slice(0, from)
    return makeLine('zap', said, { at, level, source }, { also: nameErrors(readObject(text.slice(from)) ?? {}, said) })
  },
}

const zapLine =
  /^(?<at>\d{4}-\d\d-\d\dT[\d:.]{8,20}(?:Z|[+-]\d\d:?\d\d)|\d{10}\.\d{1,9})\t(?<level>[A-Za-z]{4,6})\t(?:(?<source>[\w./-]{1,120}:\d{1,6})\t)?(?<text>.*)/s
