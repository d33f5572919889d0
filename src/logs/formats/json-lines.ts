import { findKind } from '../events/line-kind.ts'
import { type Format, makeLine, type ParsedLine } from './format.ts'
import { readLevel } from './level.ts'

const levelNames = [
  'error_severity',
  'level',
  'severity',
  'lvl',
  'log.level',
  'loglevel',
  'levelname',
  's',
  '@level',
  '@l',
]

export type Fields = { readonly [name: string]: unknown }

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
  const inner = firstObject(fields, innerNames)
  const text =
    findText(fields, textNames) ??
    (inner && findText(inner, ['message', 'msg'])) ??
    findText(fields, errorNames) ??
    errorNames.map((name) => describeValue(fields[name], 0)[0]).find((found) => found !== undefined)
  if (text === undefined || text === null) return null
  const level = findText(fields, levelNames) ?? (inner && findText(inner, ['level', 'severity'])) ?? findLevel(fields)
  const also = [
    ...labelled(fields, 'code: ', ['errno', 'code', 'errorCode', 'vendorCode']).filter((line) =>
      /: (?:\d{4}|ER_[A-Z0-9_]{3,60})$/.test(line),
    ),
    ...labelled(fields, 'SQLSTATE: ', ['state_code', 'sql_state_code', 'sqlstate', 'sqlState']),
    ...labelled(fields, 'SQLSTATE: ', ['code']).filter((line) => /: (?=.*\d)[0-9A-Z]{5}$/.test(line)),
    ...labelled(fields, 'DETAIL:  ', ['detail']),
    ...labelled(fields, 'HINT:  ', ['hint']),
    ...labelled(fields, 'CONTEXT:  ', ['context', 'where']),
    ...labelled(fields, 'STATEMENT:  ', ['statement', 'query', 'sql']),
    ...nameErrors(fields, text),
    ...labelled(fields, 'table: ', ['table', 'table_name', 'tableName']),
    ...(attributes ? labelled(attributes, '', ['error', 'errmsg', 'reason']) : []),
    ...(inner ? nameErrors(inner, text) : []),
  ]
  const at = findText(fields, [
    'timestamp',
    '@timestamp',
    'log_time',
    'time',
    'ts',
    'datetime',
    'date',
    '_time',
    't',
    '@t',
  ])
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

const textNames = [
  ...[
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
    '@m',
    '@mt',
  ],
]
const innerNames = [
  'jsonPayload',
  'protoPayload',
  'log',
  'record',
  'info',
  'data',
  'fields',
  'attributes',
  'extra',
  'trace',
]
/** Where programs put the error beside their own words; the first that says something new stands first. */
const errorNames = [
  ...['error', 'err', 'exception', 'error_message', 'errorMessage', 'error.message', 'exception_message', 'err_msg'],
  ...[
    'throwable',
    'thrown',
    'exc_info',
    'exc',
    'cause',
    'innerException',
    'InnerException',
    'reason',
    'details',
    'errorVerbose',
    'internal_message',
    'internalMessage',
    'rawError',
    'original',
    'parent',
    'raw',
  ],
  ...['stack_trace', 'stack', 'error.stack_trace', 'stacktrace', 'trace', 'traceback', 'full_message', '@x'],
]
/** An error within an error, deeper than anybody nests them. */
const deepest = 5

/** Level of a line that has it among its tags, as hapi and Kibana write it, or that only has an error beside its words. */
function findLevel(fields: Fields): string | undefined {
  const tags = fields.tags ?? fields['@tags']
  const level = Array.isArray(tags) ? tags.find((tag) => /^(?:fatal|error|warn|warning|info|debug)$/.test(tag)) : null
  if (typeof level === 'string') return level
  return ['error', 'err', 'exception'].some((name) => Boolean(fields[name])) ? 'error' : undefined
}

/** The errors that stand beside a message, as lines of its event; what the message says itself is left out. */
export function nameErrors(fields: Fields, text: string): string[] {
  const lines = errorNames.flatMap((name) => describeValue(fields[name], 0))
  return [...new Set(lines)].filter((line) => line.trim() !== '' && line !== text && line !== `Error: ${text}`)
}

function describeValue(value: unknown, depth: number): string[] {
  if (depth > deepest || value === null || value === undefined) return []
  if (Array.isArray(value)) return value.slice(0, 10).flatMap((one) => describeValue(one, depth + 1))
  if (typeof value === 'object') return describeError(value as Fields, depth)
  if (typeof value !== 'string') return []
  const nested = /^\s*[{[]/.test(value) ? readObject(value) : null
  if (nested) return describeError(nested, depth + 1)
  const [first = '', ...rest] = value.split('\n')
  return [callError(first), ...rest]
}

/** Marked as the error that it is, unless its text does so itself. */
function callError(text: string): string {
  return text === '' || findKind(text) !== null ? text : `Error: ${text}`
}

function describeError(error: Fields, depth: number): string[] {
  const kind = findText(error, [
    ...['type', 'name', 'class', 'kind', 'exception_class', 'error_class', 'throwableClass', 'className', '$type'],
  ])
  const message = findText(error, [
    'message',
    'Message',
    'localizedMessage',
    'msg',
    'value',
    'errmsg',
    'error_message',
    'description',
  ])
  const stack = findText(error, ['stack', 'stack_trace', 'stacktrace', 'backtrace'])
  return [
    ...(message ? message.split('\n').map((line, index) => (index === 0 ? nameKind(kind, line) : line)) : []),
    ...labelled(error, 'code: ', ['code', 'errno', 'errorCode', 'sqlState', 'sqlstate', 'status_code']).map((line) =>
      /^code: [0-9A-Z]{5}$/.test(line) ? line.replace('code', 'SQLSTATE') : line,
    ),
    ...labelled(error, 'DETAIL:  ', ['detail']),
    ...labelled(error, 'CONTEXT:  ', ['where']),
    ...['table', 'column', 'constraint', 'schema'].flatMap((name) => labelled(error, `${name}: `, [name])),
    ...(stack ? stack.split('\n').slice(message ? 1 : 0) : []),
    ...errorNames.flatMap((name) =>
      name === 'stack' || name.startsWith('stack') ? [] : describeValue(error[name], depth + 1),
    ),
  ]
}

/** `Error: text` of whatever kind; a kind that is a number or a sentence is none. */
function nameKind(kind: string | undefined, text: string): string {
  return kind && /^[A-Za-z_$][\w.$:]{1,120}$/.test(kind) ? callError(`${kind}: ${text}`) : callError(text)
}

/** The object that a text is; null for any other text. */
export function readObject(line: string): Fields | null {
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
