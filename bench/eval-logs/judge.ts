import type { LogAnalysis } from '../../src/domain/log-analysis.ts'
import { type Excerpt, listLabels, listLines } from './excerpt.ts'

/** What is asked of an analysis. */
export const questions = [
  'label',
  'rootFirst',
  'rootInThree',
  'code',
  'table',
  'column',
  'row',
  'hide',
  'show',
] as const

export type Question = (typeof questions)[number]

/** Whether an analysis answers a question rightly; null where the excerpt does not ask it. */
export type Answers = { readonly [question in Question]: boolean | null }

/** Compares an analysis with what is known of an excerpt that begins `before` lines behind its own beginning. */
export function judgeAnalysis(analysis: LogAnalysis, excerpt: Excerpt, before: number): Answers {
  const { root } = analysis
  const wanted = listLines(excerpt).map((line) => line + before + 1)
  const found = [root, ...analysis.others].flatMap((cause) => (cause ? [cause.spot.line] : []))
  const failed = wanted.length > 0
  const names = [root?.code, root?.codeName].map(normalise)
  const said = JSON.stringify(analysis)
  const isSaid = (text: string) => said.includes(text) || said.includes(JSON.stringify(text).slice(1, -1))
  const asks = (wants: string | number | undefined, has: string | number | null | undefined) =>
    wants === undefined ? null : String(wants).toLowerCase() === String(has ?? '').toLowerCase()
  return {
    label: failed ? listLabels(excerpt).includes(root?.label ?? '') : root === null,
    rootFirst: failed ? wanted.includes(found[0] ?? 0) : root === null,
    rootInThree: failed ? found.slice(0, 3).some((line) => wanted.includes(line)) : root === null,
    code: excerpt.code_in_text && excerpt.code !== null ? names.includes(normalise(excerpt.code)) : null,
    table: excerpt.table === undefined ? null : isTable(excerpt.table, root?.place),
    column: asks(excerpt.column, root?.place.column),
    row: asks(excerpt.row, root?.place.row ?? root?.place.inputLine),
    hide: excerpt.hide?.length ? !excerpt.hide.some(isSaid) : null,
    show: excerpt.show?.length ? excerpt.show.every(isSaid) : null,
  }
}

/** Tables as people write them: with the database or the schema in front, or without. */
function isTable(wanted: string, place: { readonly schema: string | null; readonly table: string | null } | undefined) {
  const [table, ...before] = wanted
    .replace(/["'`[\]]/g, '')
    .toLowerCase()
    .split('.')
    .toReversed()
  const found = (place?.table ?? '').toLowerCase()
  if (found === wanted.toLowerCase()) return true
  const schema = place?.schema?.toLowerCase()
  return found === table && (schema === undefined || before.length === 0 || before.includes(schema))
}

/** Codes as people write them: `ORA-2291` and `ORA-02291` are one. */
function normalise(code: string | null | undefined): string {
  return String(code ?? '')
    .toUpperCase()
    .replace(/^([A-Z0-9*]+-)0+(?=\d)/, '$1')
    .replace(/^E(?=\d{5}$)/, '')
}
