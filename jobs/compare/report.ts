import { differs } from '../../src/domain/comparison.ts'
import { writeCount } from '../../src/domain/count.ts'
import { describeFindingMessage } from '../../src/domain/finding-texts.ts'
import { plainText } from '../../src/domain/text.ts'
import type { JobView } from '../../src/domain/view.ts'
import type { GivenReport } from '../../src/engine/define-job.ts'
import { outputOf } from '../output-of.ts'
import { describeLeftOut, describeTable } from './describe-table.ts'
import { type Choice, type Compared, chooseOutput, compareOutput, compareParams } from './params.ts'
import { comparedSoFar } from './pieces.ts'

/** Lines of one kind on the card; the file of the job has all. */
const ON_CARD = 8
const IN_REPORT = 20

export function nameOther(choice: Choice): string {
  if (choice.kind === 'source') return 'its source'
  return choice.kind === 'system' ? choice.system : choice.database
}

/** The file that holds what the card has no room for. */
export function nameDocument({ id }: { readonly id: string }): string {
  return `${id}.txt`
}

export function showCompare(view: JobView): { headline: string; lines: string[] } {
  const { system, with: asked } = compareParams.parse(view.job.params)
  const choice = outputOf(view, 'choose', chooseOutput)
  const headline = `compares ${system} with ${choice === null ? (asked ?? 'its source') : nameOther(choice)}`
  const lines = describeAll(view, ON_CARD)
  return { headline, lines: lines.length === 0 ? ['Both databases are only read.'] : lines }
}

export function reportCompare(view: JobView): GivenReport {
  const { system } = compareParams.parse(view.job.params)
  const compared = outputOf(view, 'compare', compareOutput)
  const choice = outputOf(view, 'choose', chooseOutput)
  if (compared === null || choice === null) return { summary: `${system} was not compared` }
  const { tables, rows } = compared
  const proven =
    tables.equal === 0
      ? []
      : [`${writeCount(tables.equal)} tables equal, ${writeCount(rows.here)} rows compared in all`]
  return {
    summary: `${system} ${judge(view, compared, nameOther(choice))}`,
    proven,
    left: describeOpen(view, IN_REPORT),
  }
}

function judge(view: JobView, compared: Compared, other: string): string {
  const { tables, inserted, deleted, changed, unmapped } = compared
  if (tables.differ > 0) {
    const rows = [
      `${writeCount(inserted)} inserted`,
      `${writeCount(deleted)} deleted`,
      `${writeCount(changed)} changed`,
    ]
    return `differs from ${other} in ${writeCount(tables.differ)} tables: ${rows.join(', ')}`
  }
  const columns = comparedSoFar(view).flatMap((one) => [...one.unmapped.here, ...one.unmapped.there]).length
  const open = [
    ...(tables.unread > 0 ? [`${writeCount(tables.unread)} tables unread`] : []),
    ...(unmapped.here.length > 0 ? [`${writeCount(unmapped.here.length)} tables only here`] : []),
    ...(unmapped.there.length > 0 ? [`${writeCount(unmapped.there.length)} tables mapped nowhere`] : []),
    ...(unmapped.unknown.length > 0 ? [`${writeCount(unmapped.unknown.length)} names unknown`] : []),
    ...(columns > 0 ? [`${writeCount(columns)} columns mapped nowhere`] : []),
  ]
  const said = `shows no difference to ${other} in ${writeCount(tables.equal)} tables`
  return open.length === 0 ? said : `${said}, but ${open.join(', ')}`
}

/** All that is to be told so far, what differs first; at most `limit` lines of a kind. */
function describeAll(view: JobView, limit: number): string[] {
  const told = comparedSoFar(view)
  const equal = told.filter((one) => one.why === null && !differs(one))
  const rows = equal.reduce((sum, one) => sum + one.rows.here, 0)
  return [
    ...(equal.length === 0 ? [] : [`✓ ${writeCount(equal.length)} tables equal, ${writeCount(rows)} rows`]),
    ...describeOpen(view, limit),
  ]
}

/** What differs, was not compared, or is mapped nowhere; and where the differences are. */
export function describeOpen(view: JobView, limit: number): string[] {
  const told = comparedSoFar(view)
  const compared = outputOf(view, 'compare', compareOutput)
  const folder = compared?.folder ?? null
  const cut = (lines: readonly string[]) => {
    const rest = lines.length - limit
    return rest > 0 ? [...lines.slice(0, limit), `and ${writeCount(rest)} more, in ${nameDocument(view.job)}`] : lines
  }
  return [
    ...cut(told.filter((one) => one.why !== null || differs(one)).map(describeTable)),
    ...cut(compared === null ? [] : describeUnmapped(compared)),
    ...cut(told.flatMap(describeLeftOut).map((line) => `○ ${line}`)),
    ...cut(compared === null ? [] : describeSchema(compared)),
    ...(folder === null ? [] : [`Each difference: ${plainText(folder)} on the worker, as CSV with values of rows.`]),
  ]
}

function describeUnmapped({ unmapped }: Compared): string[] {
  return [
    ...unmapped.there.map((table) => plainText(`⚠ ${table} of the other side is mapped nowhere`)),
    ...unmapped.here.map((table) => plainText(`○ ${table}: only this side has it`)),
    ...unmapped.unknown.map((table) => plainText(`⚠ ${table}: a name that leads to no table of both sides`)),
  ]
}

function describeSchema({ schema, more }: Compared): string[] {
  const lines = schema.map(({ subject, name, verdict, why }) => {
    const kind = subject === 'object' ? '' : `${subject} `
    return plainText(`△ ${kind}${name}: ${why === null ? verdict : describeFindingMessage(why)}`)
  })
  return more > 0 ? [...lines, `△ and ${writeCount(more)} more definitions, of which only the number was kept`] : lines
}
