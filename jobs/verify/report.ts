import { writeCount } from '../../src/domain/count.ts'
import { describeFindingMessage } from '../../src/domain/finding-texts.ts'
import type { JobView } from '../../src/domain/view.ts'
import type { GivenReport } from '../../src/engine/define-job.ts'
import { describeProof } from '../describe-proof.ts'
import { outputOf } from '../output-of.ts'
import { describeFindings, type Finding, LISTED } from './describe-findings.ts'
import { nameDocument } from './document.ts'
import { type Compared, compareOutput, narrowOutput, verifyParams } from './params.ts'

const IN_REPORT = 20

/** Says what is proven, what is not, and why. Only a comparison without differences and gaps is called proven. */
export function reportVerify(view: JobView): GivenReport {
  const { system } = verifyParams.parse(view.job.params)
  const compared = outputOf(view, 'compare', compareOutput)
  if (compared === null) return { summary: `${system} was not verified` }
  const { differing, unproven, notComparable, noticed, more } = compared
  const inReport = (findings: readonly Finding[], over: number) =>
    describeFindings(findings, { limit: IN_REPORT, more: over, file: nameDocument(view.job) })
  const left = [
    ...inReport(differing, more.differing).map((line) => `differs: ${line}`),
    ...inReport(unproven, more.unproven).map((line) => `unproven: ${line}`),
    ...inReport(notComparable, more.notComparable).map((line) => `not comparable: ${line}`),
    ...inReport(noticed, more.noticed).map((line) => `beside: ${line}, as before`),
    ...describeKeys(view),
  ]
  return { summary: `${system} ${judge(compared)}`, proven: describeProof(compared), left }
}

export function showVerify(view: JobView): { headline: string; lines: string[] } {
  const { system, against } = verifyParams.parse(view.job.params)
  const compared = outputOf(view, 'compare', compareOutput)
  const headline = `verifies ${system}`
  if (compared === null) return { headline: against ? `${headline} against ${against}` : headline, lines: readOnly }
  const { differing, unproven, notComparable, noticed, more } = compared
  const list = (findings: readonly Finding[], over: number) =>
    describeFindings(findings, { limit: LISTED, more: over, file: nameDocument(view.job) })
  const lines = [
    `Proven  ${describeProof(compared).join(', ')}`,
    ...list(differing, more.differing).map((line) => `❌ ${line}`),
    ...list(unproven, more.unproven).map((line) => `⚠ unproven: ${line}`),
    ...list(notComparable, more.notComparable).map((line) => `○ ${line}`),
    ...list(noticed, more.noticed).map((line) => `⚠ ${line}, as before`),
    ...describeKeys(view),
  ]
  return { headline: `${headline} against ${compared.against}`, lines }
}

const readOnly = ['The database is only read.']

function judge({ differing, unproven, notComparable, against, more }: Compared): string {
  if (differing.length > 0)
    return `is not what ${against} holds: ${writeCount(differing.length + more.differing)} differences`
  const open = unproven.length + more.unproven
  const since = notComparable.length + more.notComparable
  const but = [
    ...(open > 0 ? [`${writeCount(open)} unproven`] : []),
    ...(since > 0 ? [`${writeCount(since)} tables not comparable`] : []),
  ]
  return but.length === 0 ? `holds what ${against} holds` : `shows no difference to ${against}, but ${but.join(', ')}`
}

function describeKeys(view: JobView): string[] {
  const narrowed = outputOf(view, 'narrow', narrowOutput)
  if (narrowed === null) return []
  if (narrowed.why !== null) return [`not narrowed down: ${describeFindingMessage(narrowed.why)}`]
  return narrowed.tables.map(
    ({ table, keys, why }) => `${table}: ${why === null ? `rows ${keys.join('; ')}` : describeFindingMessage(why)}`,
  )
}
