import { basename } from 'node:path'
import type { RecoveryPlan, System } from '../../src/domain/recovery-plan.ts'
import { testOf } from './find-config.ts'
import type { ConfigParams } from './params.ts'

/** A service without a health check has nothing to ask; a version that nothing tests is a person's to approve. */
export function planConfig(params: ConfigParams, plan: RecoveryPlan): readonly string[] {
  const system = plan.systems[params.service]
  const hasHealth = system?.kind === 'service' && system.health !== undefined
  return ['look', 'test', isTested(params, system) ? 'replace' : 'replace-untested', ...(hasHealth ? ['health'] : [])]
}

/** What stood there before needs no test to be put back. A file that nobody can name is refused by the look. */
function isTested({ file, back }: ConfigParams, system: System | undefined): boolean {
  if (back !== undefined || system?.kind !== 'service') return true
  const fits = system.config.filter(({ path }) => file === undefined || path === file || basename(path) === file)
  return fits.every((config) => testOf(config) !== null)
}
