import { analyseText } from '../../../src/logs/analyse.ts'

/** Lines of several tools in which nothing goes wrong. */
const quiet = [
  '2026-03-01 02:00:00.123 UTC [4001] LOG:  checkpoint complete: wrote 120 buffers (0.7%); 0 WAL file(s) added',
  '2026-03-01 02:00:01.456  INFO 19784 --- [           main] o.s.batch.core.step.AbstractStep         : Step: [load] executed in 12ms',
  '{"level":30,"time":1772330000000,"pid":77,"msg":"copied 100 rows of orders","errors":0}',
  'pg_restore: processing data for table "public.orders"',
]

/** What the analysis says first of an excerpt between quiet lines; the line is counted within the excerpt, from one. */
export function judgeExcerpt(text: string): { label?: string; code?: string | null; line?: number } {
  const { root } = analyseText([...quiet, text, ...quiet.toReversed(), ''].join('\n'))
  return root ? { label: root.label, code: root.code, line: root.line.number - quiet.length } : {}
}
