import type { Card, CardRow } from '../card.ts'
import { isReady, type ReadinessFinding, readinessAreas } from '../readiness.ts'
import { plainText } from '../text.ts'

/** Findings that one card lists; more would bury the first. The others are counted. */
const shown = 20

const marks: Readonly<Record<ReadinessFinding['state'], string>> = { bad: '❌', unknown: '❔', warning: '⚠', good: '✔' }
const order: readonly ReadinessFinding['state'][] = ['bad', 'unknown', 'warning']

/** What a look at the plan's readiness found: what is wrong first, with what to do; then what is right, area by area. */
export function buildReadinessCard(findings: readonly ReadinessFinding[]): Card {
  const [wrong, unknown, warnings] = order.map((state) => findings.filter((one) => one.state === state).length)
  const headline = isReady(findings)
    ? `✅ Ready${warnings ? `, with ${warnings} to know` : ''}`
    : `❌ Not ready: ${[wrong ? `${wrong} to mend` : '', unknown ? `${unknown} unknown` : ''].filter(Boolean).join(', ')}`
  const listed = order.flatMap((state) => findings.filter((one) => one.state === state))
  const hidden = listed.length - shown
  return {
    headline,
    rows: [
      ...listed.slice(0, shown).map(drawFinding),
      ...(hidden > 0
        ? [{ kind: 'small' as const, text: `${hidden} more; \`salvor plan check\` in a terminal lists all.` }]
        : []),
      ...readinessAreas.flatMap((area) => drawArea(area, findings)),
    ],
    buttons: [],
    fallback: headline,
  }
}

function drawFinding({ state, subject, seen, fix }: ReadinessFinding): CardRow {
  const said = `${marks[state]} ${plainText(subject)}: ${plainText(seen)}`
  return { kind: 'text', text: fix === '' ? said : `${said}\n→ ${plainText(fix)}` }
}

function drawArea(area: string, findings: readonly ReadinessFinding[]): CardRow[] {
  const here = findings.filter((one) => one.area === area)
  if (here.length === 0) return []
  const fine = here.filter(({ state }) => state === 'good').length
  return [{ kind: 'small', text: `${area}: ${fine} of ${here.length} as they have to be` }]
}
