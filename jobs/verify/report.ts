import { describeFindingMessage } from '../../src/domain/finding-texts.ts'
import type { JobView } from '../../src/domain/view.ts'
import type { JobReport } from '../../src/engine/define-job.ts'
import { describeProof } from '../describe-proof.ts'
import { outputOf } from '../output-of.ts'
import { describeFindings } from './describe-findings.ts'
import { type Compared, compareOutput, narrowOutput, verifyParams } from './params.ts'

const IN_REPORT = 20
const ON_CARD = 6

/** Says what is proven, what is not, and why. Only a comparison without differences and gaps is called proven. */
export function reportVerify(view: JobView): JobReport {
  const { system } = verifyParams.parse(view.job.params)
  const compared = outputOf(view, 'compare', compareOutput)
  const quiet = { lost: [], undo: false, recovers: false }
  if (compared === null) return { summary: `${system} was not verified`, proven: [], left: [], ...quiet }
  const { differing, unproven, notComparable, noticed, more } = compared
  const left = [
    ...describeFindings(differing, IN_REPORT, more.differing).map((line) => `differs: ${line}`),
    ...describeFindings(unproven, IN_REPORT, more.unproven).map((line) => `unproven: ${line}`),
    ...describeFindings(notComparable, IN_REPORT, more.notComparable).map((line) => `not comparable: ${line}`),
    ...describeFindings(noticed, IN_REPORT, more.noticed).map((line) => `beside: ${line}, as before`),
    ...describeKeys(view),
  ]
  return { summary: `${system} ${judge(compared)}`, proven: describeProof(compared), left, ...quiet }
}

export function showVerify(view: JobView): { headline: string; lines: string[] } {
  const { system, against } = verifyParams.parse(view.job.params)
  const compared = outputOf(view, 'compare', compareOutput)
  const headline = `verifies ${system}`
  if (compared === null) return { headline: against ? `${headline} against ${against}` : headline, lines: readOnly }
  const { differing, unproven, notComparable, noticed, more } = compared
  const lines = [
    `Proven  ${describeProof(compared).join(', ')}`,
    ...describeFindings(differing, ON_CARD, more.differing).map((line) => `❌ ${line}`),
    ...describeFindings(unproven, ON_CARD, more.unproven).map((line) => `⚠ unproven: ${line}`),
    ...describeFindings(notComparable, ON_CARD, more.notComparable).map((line) => `○ ${line}`),
    ...describeFindings(noticed, ON_CARD, more.noticed).map((line) => `⚠ ${line}, as before`),
    ...describeKeys(view),
  ]
  return { headline: `${headline} against ${compared.against}`, lines }
}

const readOnly = ['The database is only read.']

function judge({ differing, unproven, notComparable, against, more }: Compared): string {
  if (differing.length > 0) return `is not what ${against} holds: ${differing.length + more.differing} differences`
  const open = unproven.length + more.unproven
  const since = notComparable.length + more.notComparable
  const but = [...(open > 0 ? [`${open} unproven`] : []), ...(since > 0 ? [`${since} tables not comparable`] : [])]
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
