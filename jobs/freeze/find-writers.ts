import type { RecoveryPlan } from '../../src/domain/recovery-plan.ts'

/**
 * Services whose stop keeps writes from a system: those that name it in `needs`, or the service itself. Higher
 * tiers first, so that nobody asks a service that is already down; `thaw` goes the other way round.
 */
export function findWriters(plan: RecoveryPlan, system: string): string[] {
  return Object.entries(plan.systems)
    .filter(([name, one]) => one.kind === 'service' && (name === system || one.needs.includes(system)))
    .sort(([, one], [, other]) => other.tier - one.tier)
    .map(([name]) => name)
}

/** Migrations of a system that the plan knows how to stop. */
export function findMigrations(plan: RecoveryPlan, system: string): { name: string; stop: readonly string[] }[] {
  return Object.entries(plan.migrations).flatMap(([name, one]) =>
    one.system === system && one.stop !== undefined ? [{ name, stop: one.stop }] : [],
  )
}

/** A database that no service of the plan stands before: only its own door keeps writes out. */
export function needsHold(plan: RecoveryPlan, system: string): boolean {
  return plan.systems[system]?.kind === 'postgres' && findWriters(plan, system).length === 0
}
