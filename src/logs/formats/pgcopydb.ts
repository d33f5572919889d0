import { describeFormat, type Format } from './format.ts'

const lines = describeFormat(
  'pgcopydb',
  /^(?:\d{4}-\d\d-\d\d )?(?<at>\d\d:\d\d:\d\d(?:\.\d{3})?) \d{1,9} (?<level>FATAL|ERROR|WARN|NOTICE|SQL|INFO|DEBUG|TRACE) {1,3}(?:(?<source>[\w.]{1,40}:\d{1,6}) {1,3})?(?<text>.*)/s,
  /^(?<at>\d\d:\d\d:\d\d(?:\.\d{3})?)\t\d{1,9}\t(?<text>.*)/s,
)
/** What a server said beside its message. */
const beside = /^(?:\[(?:SOURCE|TARGET) \d{1,9}\]|SOURCE|TARGET) (?=(?:DETAIL|HINT|CONTEXT|STATEMENT): {1,2}\S)/

/** pgcopydb: `05:11:02 12 ERROR  pgsql.c:1234  text`; parts of it as some viewers copy them, between tabs. */
export const pgcopydb: Format = {
  name: 'pgcopydb',
  parse(line) {
    const parsed = lines.parse(line)
    const [head] = parsed === null ? [] : (beside.exec(parsed.text) ?? [])
    return parsed && head !== undefined ? { ...parsed, part: 'detail', text: parsed.text.slice(head.length) } : parsed
  },
}
