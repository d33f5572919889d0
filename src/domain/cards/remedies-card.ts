import type { Card, CardRow } from '../card.ts'
import type { PlanRemedy } from '../recovery-plan.ts'
import { suggestRemedies } from '../remedies/index.ts'
import type { Suggestion } from '../remedies/suggestion.ts'
import { type Finding, matchRemedies } from '../remedy-match.ts'
import { plainText } from '../text.ts'

/** More suggestions would bury the remedies of the plan. */
const suggestionsShown = 3

/**
 * The remedies of a system, for the asker alone; those that what was seen calls for stand first. Then what Salvor
 * suggests by itself, as SQL to be put into the plan. `seen` says where findings come from, or why there are none.
 */
export function buildRemediesCard(
  system: string,
  remedies: readonly PlanRemedy[],
  findings: readonly Finding[],
  seen: string,
): Card {
  const matches = matchRemedies(findings, remedies)
  const fitting = matches.filter(({ matched }) => matched.length > 0).length
  const headline = `Remedies of ${system}`
  const advice = sayAdvice(system, remedies.length, fitting)
  const suggestions = suggestRemedies(findings)
  return {
    headline,
    rows: [
      { kind: 'text', text: advice },
      ...matches.map(({ remedy, matched }): CardRow => {
        const way = remedy.sql ?? remedy.argv?.join(' ') ?? ''
        const mark = matched.length > 0 ? '✅' : '•'
        const why = matched.length > 0 ? `matches ${matched.join('; ')}` : `for ${sayWhen(remedy.when)}`
        return { kind: 'text', text: plainText(`${mark} ${remedy.name} · ${why} · ${way}`) }
      }),
      ...suggestions.slice(0, suggestionsShown).flatMap(drawSuggestion),
      { kind: 'small', text: plainText(seen) },
    ],
    buttons: [],
    fallback: `${headline}: ${advice}`,
  }
}

function sayAdvice(system: string, count: number, fitting: number): string {
  if (count === 0) return `The plan has none. Write them under systems.${system}.remedies.`
  if (fitting === 0) return `\`fix ${system} <remedy>\` tries one, rolls it back and shows what it would do.`
  return `${fitting} of ${count} match what was seen. \`fix ${system} <remedy>\` tries one and rolls it back first.`
}

function drawSuggestion({ title, sql, exact, note }: Suggestion): CardRow[] {
  const how = exact ? 'Put it into the plan as a remedy' : 'Fill in what stands in <…>, then put it into the plan'
  return [
    { kind: 'text', text: plainText(`💡 ${title}. ${how}. ${note}`) },
    { kind: 'code', text: sql },
  ]
}

function sayWhen(when: PlanRemedy['when']): string {
  const said = Object.entries(when).map(([what, value]) => `${what} ${value}`)
  return said.length === 0 ? 'whatever was seen' : said.join(', ')
}
