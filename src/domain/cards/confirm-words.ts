import type { Approval } from '../approval.ts'
import { describeWarning } from '../approval-warnings.ts'
import type { CardButton } from '../card.ts'
import { plainText } from '../text.ts'
import { findShare } from './bound-card.ts'

/** Characters that a question may have on every surface, with room for names that are written out. */
const MOST = 280
/** No part is cut below this, so that each is still told. */
const LEAST = 24

/** The last question before an approval takes effect: what is decided, of which incident, what goes and what comes. */
export function askToConfirm({ job, incident, subject }: Approval): NonNullable<CardButton['confirm']> {
  const from = subject.from?.split(/[,;]/)[0]
  const [first] = subject.warnings ?? []
  const about = `${job} of #${incident}: ${subject.action}${from === undefined ? '' : ` to ${from}`}.`
  const parts = [
    ...(first === undefined ? [] : [`⚠ ${describeWarning(first)}`]),
    `Lost: ${subject.lost}`,
    ...(subject.returns === undefined ? [] : [`Comes back: ${subject.returns}`]),
  ]
  const lengths = parts.map(({ length }) => length)
  const share = Math.max(LEAST, findShare(lengths, MOST - about.length - parts.length))
  return {
    title: `Approve ${plainText(subject.verb)}?`,
    text: plainText([about, ...parts.map((part) => shorten(part, share))].join('\n')),
  }
}

/** At the end of a part of a list where there is one; Details has the rest. */
function shorten(text: string, most: number): string {
  if (text.length <= most) return text
  const kept = text.slice(0, most - ' …'.length)
  const end = Math.max(kept.lastIndexOf('; '), kept.lastIndexOf(', '))
  return `${(end > most / 2 ? kept.slice(0, end) : kept).replace(/[\ud800-\udbff]$/, '')} …`
}
