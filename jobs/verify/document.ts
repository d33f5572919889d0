import { writeCount } from '../../src/domain/count.ts'
import type { JobView } from '../../src/domain/view.ts'
import type { JobDocument } from '../../src/engine/define-job.ts'
import { describeProof } from '../describe-proof.ts'
import { outputOf } from '../output-of.ts'
import { describeWhole, type Finding, isCut, LISTED } from './describe-findings.ts'
import { type Compared, compareOutput } from './params.ts'

/** The file that holds what the card of a verify has no room for. */
export function nameDocument({ id }: { readonly id: string }): string {
  return `${id}.txt`
}

/** All that was found, with values in full as far as they were kept; null where the card shows as much. */
export function documentVerify({ job, ...view }: JobView): JobDocument | null {
  const compared = outputOf({ job, ...view }, 'compare', compareOutput)
  if (compared === null) return null
  const { differing, unproven, notComparable, noticed, more } = compared
  const lists = [differing, unproven, notComparable, noticed]
  if (!lists.some((list) => list.length > LISTED || list.some(isCut))) return null
  const text = [
    `${job.id}: ${compared.database}, compared with ${compared.against} at ${compared.at}`,
    `Proven: ${describeProof(compared).join(', ')}`,
    ...writeList('Differs', differing, more.differing),
    ...writeList('Unproven', unproven, more.unproven),
    ...writeList('Not comparable', notComparable, more.notComparable),
    ...writeList('As before', noticed, more.noticed),
  ]
  return { name: nameDocument(job), text: `${text.join('\n')}\n` }
}

function writeList(title: string, findings: readonly Finding[], more: Compared['more']['differing']): string[] {
  if (findings.length === 0) return []
  const rest = more > 0 ? [`and ${writeCount(more)} more, of which only the number was kept`] : []
  return ['', `${title} (${writeCount(findings.length + more)}):`, ...findings.map(describeWhole), ...rest]
}
