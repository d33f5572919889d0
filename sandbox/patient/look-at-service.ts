import { type InspectedService, inspectService, type Orders } from '../scenario/index.ts'
import type { PatientState } from '../slack/page/wire.ts'

type ServiceState = PatientState['services'][number]

/** The shop's service as its process and its own health page tell it. */
export async function lookAtService(orders: Orders, work?: string): Promise<ServiceState> {
  const judged = judgeService(await inspectService(orders))
  return work && judged.health === 'bad' ? { ...judged, health: 'busy', note: work } : judged
}

/** What the health page says, in words: whether it serves, and what it had to make up for want of a good setting. */
export function judgeService({ running, health }: InspectedService): ServiceState {
  const name = 'orders-api'
  if (!running) return { name, health: 'bad', note: 'stopped' }
  if (!health) return { name, health: 'bad', note: 'runs, but does not answer' }
  const { error, warnings } = (health.body ?? {}) as { error?: unknown; warnings?: unknown }
  if (health.status !== 200)
    return { name, health: 'bad', note: `runs, but: ${typeof error === 'string' ? error : `answers ${health.status}`}` }
  const madeUp = Array.isArray(warnings) ? warnings.length : 0
  if (madeUp === 0) return { name, health: 'good', note: 'runs and is healthy' }
  const settings = madeUp === 1 ? 'one setting' : `${madeUp} settings`
  return { name, health: 'bad', note: `runs, but had to make up ${settings} that its config does not give` }
}
