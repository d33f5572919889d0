import { SalvorError } from '../../src/domain/errors/fail.ts'
import { durationMs, type RecoveryPlan } from '../../src/domain/recovery-plan.ts'
import type { LookContext } from '../../src/engine/define-step.ts'
import type { RemedyRun } from '../../src/ports/remedy-tools.ts'
import { findRemedy } from './find-remedy.ts'
import { type FixParams, lookOutput } from './params.ts'
import { readRemedy } from './read-remedy.ts'

const defaultWithin = '5m'

/** What both the dry run and the commit run: never anything but what `look` has seen, by its hash. */
export async function readRun(context: LookContext<FixParams>): Promise<RemedyRun> {
  const { system, remedy } = context.params
  const { sha256, from, rejects } = lookOutput.parse(context.outputOf('look'))
  const { statements, ...read } = await readRemedy(context)
  if (read.sha256 !== sha256) throw new SalvorError('remedy_changed', { file: from })
  const { within = defaultWithin } = findRemedy(context.plan, system, remedy)
  return { target: context.target(system), statements, rejects, withinMs: durationMs(within), signal: context.signal }
}

/** May values of rows be shown? Only where the plan says so for the log of the system's migration. */
export function showsRows(plan: RecoveryPlan, system: string): boolean {
  return Object.values(plan.migrations).some(
    ({ system: of, log }) => of === system && log !== undefined && plan.logs[log]?.rowData === 'shown',
  )
}
