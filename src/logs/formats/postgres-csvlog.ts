import { type Format, makeLine } from './format.ts'

/** csvlog of PostgreSQL: 23 columns and more, quotes doubled, messages may hold newlines (their rest follows as bare lines). */
export const postgresCsvlog: Format = {
  name: 'postgres-csvlog',
  parse(line) {
    if (!isCsvlog(line)) return null
    const fields = splitCsv(line)
    const level = fields[11]
    if (!level || !/^(?:DEBUG[1-5]?|LOG|INFO|NOTICE|WARNING|ERROR|FATAL|PANIC)$/.test(level)) return null
    const [state, message = '', detail, hint] = fields.slice(12)
    const also = [
      ...(state && state !== '00000' ? [`SQLSTATE: ${state}`] : []),
      ...(detail ? [`DETAIL:  ${detail}`] : []),
      ...(hint ? [`HINT:  ${hint}`] : []),
      ...(fields[18] ? [`CONTEXT:  ${fields[18]}`] : []),
      ...(fields[19] ? [`STATEMENT:  ${fields[19]}`] : []),
    ]
    return makeLine('postgres-csvlog', message, { at: fields[0], level, pid: fields[3], source: fields[2] }, { also })
  },
}

/** Whether a line begins as one of a csvlog. */
export function isCsvlog(line: string): boolean {
  return /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} [A-Z0-9+-]{1,6},/.test(line)
}

function splitCsv(line: string): string[] {
  const fields: string[] = []
  let at = 0
  while (at <= line.length && fields.length < 30) {
    if (line[at] !== '"') {
      const comma = line.indexOf(',', at)
      const end = comma === -1 ? line.length : comma
      fields.push(line.slice(at, end))
      at = end + 1
      continue
    }
    let field = ''
    at += 1
    for (;;) {
      const quote = line.indexOf('"', at)
      const end = quote === -1 ? line.length : quote
      field += line.slice(at, end)
      at = end + 1
      if (quote === -1 || line[at] !== '"') break
      field += '"'
      at += 1
    }
    fields.push(field)
    at += 1
  }
  return fields
}
