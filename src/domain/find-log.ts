import { SalvorError } from './errors/fail.ts'
import type { LogSource } from './log-analysis.ts'
import { nameKnown } from './nearest.ts'
import type { RecoveryPlan } from './recovery-plan.ts'

/** Throws `log_unknown` for a log that the plan does not have. */
export function mustKnowLog(plan: Pick<RecoveryPlan, 'logs'>, log: string): RecoveryPlan['logs'][string] {
  const found = Object.hasOwn(plan.logs, log) ? plan.logs[log] : undefined
  if (found !== undefined) return found
  throw new SalvorError('log_unknown', { log: log.slice(0, 40), ...nameKnown(log, Object.keys(plan.logs)) })
}

/** A log of the plan with its path made absolute and its variables filled in. */
export function readLogSource(
  of: {
    readonly plan: Pick<RecoveryPlan, 'logs'>
    expand(text: string): string
    resolvePath(path: string): string
  },
  name: string,
): LogSource {
  const { path, unit, argv, host, rowData } = mustKnowLog(of.plan, name)
  return {
    name,
    path: path === undefined ? undefined : of.resolvePath(path),
    unit,
    argv: argv?.map((word) => of.expand(word)),
    host,
    rowData,
  }
}
