import type { Risk } from './risk.ts'

/** How long something takes, and how that is known. */
export interface Estimate {
  readonly seconds: number
  /** `restore-3` for a job that was measured, or `manifest`. */
  readonly source: string
}

/** What one step of a job would do. */
export interface DryRunPart {
  readonly title: string
  readonly risk: Risk
  /** Exact commands or SQL, secrets by name. */
  readonly does: readonly string[]
  /** Who would have to approve; null where nobody is asked. */
  readonly approval: {
    readonly from: readonly string[]
    readonly count: number
    readonly notRequester: boolean
    readonly people: readonly string[]
  } | null
}

/** What one step of a procedure would do. */
export interface DryRunStep {
  readonly position: number
  readonly title: string
  readonly tier: number | null
  /** Roles whose people may have it done, and those people as far as they can be named. */
  readonly owner: readonly string[]
  readonly people: readonly string[]
  readonly after: readonly number[]
  /** What the job locks until it rests; null for none. */
  readonly lock: string | null
  readonly parts: readonly DryRunPart[]
  readonly back: string
  readonly estimate: Estimate | null
  /** Why it cannot be run by this Salvor; null if it can. */
  readonly problem: string | null
}

/** A procedure, told without doing anything. */
export interface DryRun {
  readonly procedure: string
  readonly title: string
  readonly steps: readonly DryRunStep[]
}

const rank: Record<Risk, number> = { read: 0, reversible: 1, destructive: 2 }

/** The highest risk of a step's parts; null for a manual step, whose risk nobody can tell. */
export function highestRisk(step: DryRunStep): Risk | null {
  return step.parts.map(({ risk }) => risk).sort((one, other) => rank[other] - rank[one])[0] ?? null
}

/**
 * Seconds along the longest way through the graph, counting only steps with an estimate, and how many have none: what
 * runs side by side counts once.
 */
export function sumEstimates(steps: readonly DryRunStep[]): { readonly seconds: number; readonly unknown: number } {
  const byPosition = new Map(steps.map((step) => [step.position, step]))
  const ends = new Map<number, number>()
  const endOf = (position: number): number => {
    const known = ends.get(position)
    if (known !== undefined) return known
    const step = byPosition.get(position)
    const end = Math.max(0, ...(step?.after ?? []).map(endOf)) + (step?.estimate?.seconds ?? 0)
    ends.set(position, end)
    return end
  }
  return {
    seconds: Math.max(0, ...steps.map((step) => endOf(step.position))),
    unknown: steps.filter((step) => step.estimate === null).length,
  }
}
