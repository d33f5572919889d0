import type { Card, CardRow } from '../card.ts'
import { type DryRun, type DryRunPart, type DryRunStep, highestRisk, sumEstimates } from '../dry-run.ts'
import { readProcedure, titleOf } from '../procedure.ts'
import type { RecoveryPlan } from '../recovery-plan.ts'
import { markPerson, plainText } from '../text.ts'
import { writeDuration } from './durations.ts'

/** Lines of commands that one step shows; the rest is counted. */
const MOST_LINES = 14

/** A procedure told step by step: who, what exactly, at what risk, who is asked, the way back, how long. */
export function buildDryRunCard(dry: DryRun): Card {
  const { seconds, unknown } = sumEstimates(dry.steps)
  const known = seconds > 0 ? `about ${writeDuration(seconds * 1000)}` : 'no estimate yet'
  const without = unknown > 0 && seconds > 0 ? `, ${unknown} of ${dry.steps.length} steps without an estimate` : ''
  const headline = `${plainText(dry.title)} · dry run of ${dry.procedure}`
  return {
    headline,
    rows: [
      { kind: 'text', text: `${dry.steps.length} steps, ${known}${without}, people's time not counted.` },
      ...dry.steps.flatMap(drawStep),
      { kind: 'small', text: `Nothing was changed. ${sayStart(dry)}` },
    ],
    buttons: [],
    fallback: `${headline}: ${dry.steps.length} steps, ${known}`,
  }
}

/** How it can be started as it is: what `run` would refuse is not offered. */
function sayStart({ procedure, steps }: DryRun): string {
  const last = steps.findLastIndex(({ problem }) => problem !== null)
  if (last < 0) return `Start it: \`run ${procedure}\``
  const next = steps[last + 1]
  const from = next === undefined ? '' : ` \`run ${procedure} --from ${next.position}\` begins behind it.`
  return `It cannot be run as a whole: this Salvor cannot do step ${steps[last]?.position}.${from}`
}

/** The plan in short: systems by tier, and what can be run. */
export function buildPlanCard(
  plan: RecoveryPlan,
  tiers: readonly { tier: number; systems: readonly string[] }[],
): Card {
  const headline = `Recovery plan: ${plainText(plan.title)}`
  const procedures = Object.entries(plan.procedures)
  return {
    headline,
    rows: [
      ...tiers.map(({ tier, systems }): CardRow => {
        const lines = systems.map((name) => sayAboutSystem(plan, name))
        return { kind: 'fact', label: `Tier ${tier}`, text: lines.join('\n') }
      }),
      ...procedures.map(([name, { title }]): CardRow => {
        const steps = (readProcedure(plan, name) ?? []).map((step) => plainText(titleOf(step)))
        return { kind: 'fact', label: name, text: `${plainText(title)}: ${steps.join(' → ')}` }
      }),
      ...(procedures.length === 0 ? [{ kind: 'text' as const, text: 'The plan holds no procedure.' }] : []),
      { kind: 'small', text: `\`plan <procedure>\` tells each step · plan ${plan.digest.slice(0, 8)} is in force` },
    ],
    buttons: [],
    fallback: headline,
  }
}

function sayAboutSystem(plan: RecoveryPlan, name: string): string {
  const system = plan.systems[name]
  if (!system) return name
  const kind = system.kind === 'postgres' ? 'database' : 'service'
  const needs = system.needs.length > 0 ? ` · needs ${system.needs.join(', ')}` : ''
  return `${name} · ${kind} · ${system.owner}${needs}`
}

function drawStep(step: DryRunStep): CardRow[] {
  const title = `${step.position}. ${plainText(step.title)}`
  if (step.problem !== null) return [textRow(`${title} · ⚠ ${step.problem}`)]
  const facts = [
    title,
    step.tier === null ? '' : `tier ${step.tier}`,
    sayOwner(step),
    step.after.length > 0 ? `after ${step.after.join(', ')}` : 'starts at once',
    step.estimate === null ? 'no estimate' : sayEstimate(step.estimate),
  ]
  const risk = highestRisk(step)
  if (risk === null) return [textRow(`${facts.filter(Boolean).join(' · ')}\nBy hand; a person presses Done.`)]
  const more = [
    `Risk  ${risk}${step.lock === null ? '' : ` · locks ${plainText(step.lock)}`}`,
    ...step.parts.flatMap(sayApproval),
    `Back  ${plainText(step.back)}`,
  ]
  const lines = step.parts.flatMap(({ does }) => does)
  const shown = lines.slice(0, MOST_LINES)
  const hidden = lines.length > shown.length ? [`-- and ${lines.length - shown.length} lines more`] : []
  return [
    textRow([facts.filter(Boolean).join(' · '), ...more].join('\n')),
    ...(lines.length > 0 ? [{ kind: 'code' as const, text: [...shown, ...hidden].join('\n') }] : []),
  ]
}

function sayOwner({ owner, people }: DryRunStep): string {
  const named = people.length > 0 && people.length <= 4 ? ` (${people.map(markPerson).join(', ')})` : ''
  return `${owner.map(plainText).join(' or ') || 'nobody'}${named}`
}

function sayApproval({ title, approval }: DryRunPart): string[] {
  if (approval === null) return []
  const but = approval.notRequester ? ', but not whoever asked' : ''
  const who = approval.people.map(markPerson).join(' or ') || approval.from.map(plainText).join(' or ')
  return [`Approval  ${plainText(title)} waits for ${approval.count} of ${who}${but}`]
}

function sayEstimate({ seconds, source }: NonNullable<DryRunStep['estimate']>): string {
  const from = source === 'manifest' ? "by the backup's manifest" : `measured by ${plainText(source)}`
  return `about ${writeDuration(seconds * 1000)} (${from})`
}

function textRow(text: string): CardRow {
  return { kind: 'text', text }
}
