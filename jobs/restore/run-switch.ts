import { messageOf, toError } from '../../src/domain/errors/error-message.ts'
import { SalvorError } from '../../src/domain/errors/fail.ts'
import type { Json } from '../../src/domain/json.ts'
import type { DoneAnswer, LookContext, StepContext } from '../../src/engine/define-step.ts'
import type { ClosedLive, OpenLive } from '../../src/ports/database-tools.ts'
import { type SwitchOutput, type SwitchRecord, switchOutput, switchRecord } from './params.ts'

type InSystem = { readonly system: string }

/**
 * Switches by a recorded intent, at most once: what an earlier attempt began is settled first, and a switch that
 * already happened is only reported. Restore and undo go through here, so that there is one way to do it.
 */
export async function runSwitch<P extends InSystem>(
  context: StepContext<P>,
  of: {
    readonly record: SwitchRecord
    /** Looks at live while it is open, for what `refuse` asks; throws `loss_above_ceiling` as well. */
    readonly ahead?: (live: OpenLive) => Promise<void>
    /** Throws `loss_above_ceiling` if more would be lost than was approved. */
    readonly refuse: (live: ClosedLive) => Promise<void>
    /** Called when the switch itself failed, never for what failed around it: by then it may have happened. */
    readonly failed?: (thrown: unknown) => Promise<void>
    /** What the new live one held, once `refuse` has looked. */
    readonly readHeld?: () => Pick<SwitchRecord, 'held' | 'definitions'>
  },
): Promise<Json> {
  const before = await settleRecorded(context)
  if (before.done === 'yes') return before.output
  if (before.done === 'unknown') throw toError(before.why)
  const { intent } = of.record
  const target = context.target(context.params.system)
  await context.record('intent', JSON.parse(JSON.stringify(of.record)))
  const switching = context.tools.databases.switchNames({
    target,
    intent,
    ...(of.ahead === undefined ? {} : { ahead: of.ahead }),
    recount: of.refuse,
    signal: context.signal,
  })
  const { endedSessions } = await switching.catch(async (thrown: unknown) => {
    await of.failed?.(thrown)
    throw thrown
  })
  return describeSwitched(context, { ...of.record, ...of.readHeld?.() }, endedSessions)
}

/** Whether the recorded switch happened; the world is asked by OID, and brought to rest on the side where it is. */
export async function settleRecorded<P extends InSystem>(context: LookContext<P>): Promise<DoneAnswer> {
  if (context.records.intent === undefined) return { done: 'no' }
  const record = switchRecord.parse(context.records.intent)
  const state = await context.tools.databases.settleSwitch(context.target(context.params.system), record.intent)
  if (state === 'switched') return { done: 'yes', output: await describeSwitched(context, record, null) }
  if (state === 'not_switched') return { done: 'no' }
  const { live, liveOid, side, sideOid } = record.intent
  const facts = { live, liveOid: liveOid ?? 'none', side, sideOid: sideOid ?? 'none', job: context.job.id }
  return { done: 'unknown', why: messageOf(new SalvorError('switch_astray', facts)) }
}

async function describeSwitched<P extends InSystem>(
  context: LookContext<P>,
  record: SwitchRecord,
  endedSessions: number | null,
): Promise<Json> {
  const target = context.target(context.params.system)
  const differences = await context.tools.databases.compareSwitched(target, record.intent)
  const output: SwitchOutput = {
    ...record,
    switchedAt: context.now().toISOString(),
    endedSessions,
    differences: [...differences],
    left: [],
  }
  return switchOutput.parse(output)
}
