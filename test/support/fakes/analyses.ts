import type { LogAnalysis, LogCause, LogGroup } from '../../../src/domain/log-analysis.ts'

const nowhere = {
  ...{ schema: null, table: null, column: null, constraint: null, row: null },
  ...{ inputLine: null, file: null, value: null, statement: null },
}

/** What failed first on some night: a phone that is too long. */
export function makeCause(of: Partial<LogCause> = {}): LogCause {
  return {
    words: 'A value does not fit the type of its column: table customers, column phone.',
    label: 'data_conversion',
    code: '22001',
    codeName: 'string_data_right_truncation',
    certain: true,
    at: '2026-03-01T02:10:07.000Z',
    format: 'log4j',
    spot: { file: 'migration.log', line: 5 },
    text: 'customers 51 to 100: value too long',
    place: { ...nowhere, table: 'customers', column: 'phone', row: 4 },
    excerpt: ['4  customers 1 to 50 converted', '5  customers 51 to 100: value too long'],
    ...of,
  }
}

export function makeGroup(of: Partial<LogGroup> = {}): LogGroup {
  return {
    template: 'customers <*> to <*>: value too long',
    sample: 'customers 51 to 100: value too long',
    label: 'data_conversion',
    code: '22001',
    level: 'error',
    consequence: false,
    count: 3,
    first: { file: 'migration.log', line: 5 },
    last: { file: 'migration.log', line: 9 },
    firstAt: '2026-03-01T02:10:07.000Z',
    lastAt: '2026-03-01T02:16:00.000Z',
    tables: { customers: 3 },
    ...of,
  }
}

export function makeAnalysis(of: Partial<LogAnalysis> = {}): LogAnalysis {
  return {
    log: 'migration',
    sources: ['migration.log'],
    lines: 1204,
    bytes: 98_304,
    unread: 0,
    isTimeless: false,
    since: null,
    until: null,
    levels: { fatal: 1, error: 3, warn: 1 },
    root: makeCause(),
    others: [],
    consequences: { groups: 2, events: 214 },
    groups: [makeGroup()],
    moreGroups: 0,
    tables: { customers: 3 },
    timeline: [
      { at: '2026-03-01T02:10:07.000Z', errors: 2, warnings: 0 },
      { at: null, errors: 0, warnings: 0 },
      { at: '2026-03-01T02:40:00.000Z', errors: 7, warnings: 1 },
    ],
    notes: [],
    ...of,
  }
}
