import { type Format, makeLine, type ParsedLine } from './format.ts'
import { readLevel } from './level.ts'

const levelNames = ['error_severity', 'level', 'severity', 'lvl', 'log.level', 'loglevel', 'levelname', 's', '@level']

type Fields = { readonly [name: string]: unknown }

/**
 * One JSON object a line: PostgreSQL's jsonlog, pino, bunyan, winston, logstash, zap, zerolog, structlog, dbt and
 * Airbyte. A container's envelope is `containers`' business.
 */
export const jsonLines: Format = {
  name: 'json-lines',
  parse(line): ParsedLine | null {
    if (!/^\s{0,8}\{/.test(line)) return null
    const fields = readObject(line)
    return fields === null ? null : (parseInner(fields) ?? parseFields(fields))
  },
}

/** An entry within the entry, as operators and log routers wrap a server's own: the inner one knows the level. */
function parseInner(fields: Fields): ParsedLine | null {
  const inner =
    firstObject(fields, ['record', 'jsonPayload', 'log', 'data']) ??
    readObject(findText(fields, ['message', 'msg', 'log']) ?? '')
  if (!inner || !findText(inner, ['message', 'msg']) || !findText(inner, levelNames)) return null
  return parseFields(inner)
}

/** What a JSON line's fields say; null when they hold no message. */
function parseFields(fields: Fields): ParsedLine | null {
  const attributes = firstObject(fields, ['attr'])
  const error = firstObject(fields, ['err', 'error', 'exception', 'exc_info', 'cause'])
  const inner = firstObject(fields, [
    'jsonPayload',
    'protoPayload',
    'log',
    'record',
    'info',
    'data',
    'fields',
    'attributes',
  ])
  const text =
    findText(fields, [
      'message',
      'msg',
      '@message',
      'event',
      'text',
      'log',
      'body',
      'textPayload',
      'short_message',
      'errmsg',
      'error',
    ]) ??
    (inner && findText(inner, ['message', 'msg'])) ??
    (error && findText(error, ['message', 'msg']))
  if (text === undefined || text === null) return null
  const level = findText(fields, levelNames) ?? (inner && findText(inner, ['level', 'severity']))
  const also = [
    ...labelled(fields, 'SQLSTATE: ', ['state_code', 'sql_state_code', 'sqlstate', 'sqlState']),
    ...labelled(fields, 'DETAIL:  ', ['detail']),
    ...labelled(fields, 'HINT:  ', ['hint']),
    ...labelled(fields, 'CONTEXT:  ', ['context']),
    ...labelled(fields, 'STATEMENT:  ', ['statement', 'query', 'sql']),
    ...labelled(fields, '', ['stack_trace', 'stack', 'exception', 'exc_info', 'stacktrace', 'trace']).flatMap((stack) =>
      stack.split('\n'),
    ),
    ...(attributes ? labelled(attributes, '', ['error', 'errmsg', 'reason']) : []),
    ...(error ? describeError(error) : labelled(fields, '', ['err', 'exception_message'])),
  ]
  const at = findText(fields, ['timestamp', '@timestamp', 'log_time', 'time', 'ts', 'datetime', 'date', '_time', 't'])
  return {
    ...makeLine('json-lines', text.split('\n')[0] ?? '', {
      at,
      source: findText(fields, ['logger', 'name', 'logger_name', 'component', 'module']),
      pid: findText(fields, ['pid', 'process_id']),
    }),
    level: level ? readLevel(level) : null,
    also: [...text.split('\n').slice(1), ...also].slice(0, 80),
  }
}

function describeError(error: Fields): string[] {
  const kind = findText(error, ['type', 'name', 'class'])
  const message = findText(error, ['message', 'msg'])
  const stack = findText(error, ['stack', 'stack_trace'])
  return [
    ...(message ? [`${kind ? `${kind}: ` : ''}${message}`] : []),
    ...labelled(error, 'code: ', ['code', 'errno', 'errorCode']).map((line) =>
      /^code: [0-9A-Z]{5}$/.test(line) ? line.replace('code', 'SQLSTATE') : line,
    ),
    ...labelled(error, 'DETAIL:  ', ['detail']),
    ...(stack ? stack.split('\n').slice(1) : []),
  ]
}

function readObject(line: string): Fields | null {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null
  } catch {
    return null
  }
}

function findText(fields: Fields, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = fields[name]
    if (typeof value === 'string' && value !== '') return value
    if (typeof value === 'number') return String(value)
  }
  return undefined
}

function firstObject(fields: Fields, names: readonly string[]): Fields | undefined {
  for (const name of names) {
    const value = fields[name]
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields
  }
  return undefined
}

function labelled(fields: Fields, label: string, names: readonly string[]): string[] {
  const text = findText(fields, names)
  return text === undefined ? [] : [`${label}${text}`]
}
