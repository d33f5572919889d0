import { setTimeout as delay } from 'node:timers/promises'
import { SalvorError } from '../src/domain/errors/fail.ts'
import { durationMs, type ServiceSystem } from '../src/domain/recovery-plan.ts'
import type { ServiceIdentity, ServiceTools } from '../src/ports/service-tools.ts'

/** Between two looks at the service, in milliseconds. */
const lookEvery = 200

/** How long a new process may take to show itself after the command has answered (a pid file comes late). */
const appearWithin = 5000

/** An uptime in seconds is another one after this, in milliseconds. */
const changesWithin = 1100

export interface Settling {
  readonly tools: ServiceTools
  readonly service: ServiceSystem
  readonly name: string
  /** Identity before the restart; null when it did not run. */
  readonly before: string | null
  /** How the command ended, for the message: it may say 0 over a dead service. */
  readonly said: string
  readonly signal: AbortSignal
}

/**
 * Waits until a process that is not the one from before has been there, the very same, for the settle time. Throws
 * service_same_process when the old one is still there, service_died when the new one is not or is another again, and
 * service_identity_moves when a command of the plan prints another text at each of three looks.
 */
export async function settleService(of: Settling): Promise<ServiceIdentity & { readonly text: string }> {
  const began = performance.now()
  const settle = durationMs(of.service.settle)
  let first: { readonly text: string; readonly at: number } | undefined
  for (;;) {
    const seen = await of.tools.identify(of.service, of.name, of.signal)
    const now = performance.now()
    const isNew = seen.active && seen.text !== null && seen.text !== of.before
    if (first !== undefined && (!isNew || seen.text !== first.text))
      throw await explainOther(of, first.text, seen, now - began)
    if (isNew && seen.text !== null) {
      first ??= { text: seen.text, at: now }
      if (now - first.at >= settle) return { ...seen, text: seen.text }
    } else if (hasGivenUp(of.service, seen)) throw died(of, seen, now - began)
    else if (now - began > appearWithin) throw seen.active ? same(of, seen) : died(of, seen, now - began)
    await delay(lookEvery, undefined, { signal: of.signal })
  }
}

/** Another text at each of three looks is no row of deaths: the command prints what changes by itself. */
async function explainOther(of: Settling, first: string, seen: ServiceIdentity, ms: number): Promise<SalvorError> {
  // systemd's own number of the main process does not move by itself: that is a row of deaths.
  if (of.service.unit !== undefined) return died(of, seen, ms)
  if (!seen.active || seen.text === of.before) return died(of, seen, ms)
  await delay(changesWithin, undefined, { signal: of.signal })
  const third = await of.tools.identify(of.service, of.name, of.signal)
  return third.active && third.text !== seen.text && third.text !== first
    ? new SalvorError('service_identity_moves', { service: of.name })
    : died(of, seen, ms)
}

/** systemd knows when a start is over; for other services only time tells. */
function hasGivenUp({ unit }: ServiceSystem, { said }: ServiceIdentity): boolean {
  return unit !== undefined && /^(failed|inactive|activating \(auto-restart)/.test(said)
}

function died(of: Settling, seen: ServiceIdentity, ms: number): SalvorError {
  const said = `${of.said}; now it is ${seen.active ? 'another process again' : seen.said}`
  return new SalvorError('service_died', { service: of.name, seconds: Math.max(1, Math.round(ms / 1000)), said })
}

function same(of: Settling, seen: ServiceIdentity): SalvorError {
  return new SalvorError('service_same_process', { service: of.name, seen: seen.said })
}
