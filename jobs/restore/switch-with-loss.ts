import { SalvorError } from '../../src/domain/errors/fail.ts'
import type { Json } from '../../src/domain/json.ts'
import type { Loss } from '../../src/domain/loss.ts'
import type { StepContext } from '../../src/engine/define-step.ts'
import type { KnownLoss, LossQuestion } from '../../src/ports/database-tools.ts'
import { findLostFolder, listLossy, listMoved } from './lost-rows.ts'
import type { SwitchRecord } from './params.ts'
import { refuseAbove } from './refuse-above.ts'
import { runSwitch } from './run-switch.ts'

/**
 * A switch that takes rows away, in whichever direction: they are written down while live is still open, and behind the
 * closed door only what moved since is compared and written again.
 */
export async function switchWithLoss<P extends { readonly system: string }>(
  context: StepContext<P>,
  of: {
    readonly record: Omit<SwitchRecord, 'lostRows' | 'held'>
    /** With what was found just now as `known`. */
    readonly question: LossQuestion
    /** What was approved: more is refused. */
    readonly shown: Loss | undefined
  },
): Promise<Json> {
  const { databases } = context.tools
  const { question, shown } = of
  const { known } = question
  const { live, side: other } = of.record.intent
  const lossy = known === null ? [] : listLossy(known.loss)
  const folder = lossy.length === 0 ? null : findLostFolder(context)
  const order = { folder: folder ?? '', all: lossy, since: question.since?.mark ?? null }
  if (folder !== null) {
    const [target, { signal }] = [context.target(context.params.system), context]
    await databases.writeLost({ ...order, target, live, other, tables: lossy, signal })
  }
  let held: KnownLoss['held'] | null = null
  const switching = runSwitch(context, {
    record: { ...of.record, lostRows: folder, held },
    refuse: async (closed) => {
      const now = await closed.compare(question)
      refuseAbove(shown, now.loss)
      if (known !== null && folder !== null) await closed.writeLost({ ...order, tables: listMoved(known, now) })
      held = now.held
    },
    readHeld: () => held,
  })
  return switching.catch(async (thrown: unknown) => {
    // Where nobody knows on which side it is, they may be all that is left.
    const isKnown = !(thrown instanceof SalvorError && thrown.code === 'step_unknown')
    if (isKnown && folder !== null) await databases.removeLost(folder)
    throw thrown
  })
}
