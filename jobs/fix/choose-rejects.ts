import type { PlanRemedy } from '../../src/domain/recovery-plan.ts'
import type { LookContext } from '../../src/engine/define-step.ts'
import type { RejectChoice } from '../../src/ports/remedy-tools.ts'

/** The rejects that a remedy may make fit: those of the system's migration, of the remedy's table where it names one. */
export function chooseRejects(
  context: Pick<LookContext<unknown>, 'plan' | 'resolvePath'>,
  system: string,
  remedy: PlanRemedy,
): RejectChoice | null {
  const migrations = Object.values(context.plan.migrations)
  const rejects = migrations.find((one) => one.system === system && one.rejects !== undefined)?.rejects
  if (rejects === undefined) return null
  const target = remedy.when.table ?? null
  if (rejects.table !== undefined) return { source: { kind: 'table', table: rejects.table }, target }
  const { path = '', format = 'copy', columns = {}, delimiter = ',' } = rejects
  return { source: { kind: 'files', path: context.resolvePath(path), format, columns, delimiter }, target }
}
