import type { ServiceSystem } from '../../src/domain/recovery-plan.ts'
import type { LookContext } from '../../src/engine/define-step.ts'
import type { ConfigParams } from './params.ts'

/** Is the service well? Asks its health check until it passes or `within` is over; null where the plan has none. */
export async function askHealth(
  context: LookContext<ConfigParams>,
  service: ServiceSystem,
  within?: string,
): Promise<{ readonly healthy: boolean; readonly said: string } | null> {
  if (service.health === undefined) return null
  const check = { ...service.health, ...(within === undefined ? {} : { within }) }
  const database = service.needs.find((need) => context.plan.systems[need]?.kind === 'postgres')
  const sqlUrl = check.sql === undefined || database === undefined ? {} : { sqlUrl: context.target(database).url }
  return context.tools.services.checkHealth({ check, ...sqlUrl, signal: context.signal })
}
