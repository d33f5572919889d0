import { noNeeds } from '../../../src/domain/archive-needs.ts'
import { SalvorError } from '../../../src/domain/errors/fail.ts'
import { defineStep, type StepContext } from '../../../src/engine/define-step.ts'
import { switchOutput, switchRecord } from '../../restore/params.ts'
import { lookBack } from '../look-back.ts'
import { checkOutput, type UndoParams } from '../params.ts'
import { leadsToRestored, turnBack, turnObjects } from '../turned-back.ts'

/** Is the way back still there, and would anything stop it? */
export const check = defineStep<UndoParams>({
  name: 'check',
  title: 'check',
  risk: 'read',
  where: 'worker',
  sessionsOn: ({ system }) => system,
  run: checkWayBack,
})

async function checkWayBack(context: StepContext<UndoParams>) {
  const { databases } = context.tools
  const { job, system } = context.params
  const view = await context.store.viewJob(job)
  if (view === undefined) throw new SalvorError('job_unknown', { job })
  const switched = switchOutput.safeParse(view.steps.find((step) => step.name === 'switch')?.output).data
  if (view.job.state !== 'succeeded' || switched === undefined)
    throw new SalvorError('move_illegal', { job, state: `${view.job.state} without a switch`, move: 'be undone' })
  await lookBack(context, switched)
  const target = context.target(system)
  const { live, present } = switched.intent
  const { undone } = await databases.nextFreeNames(target, live)
  const { findings } = await databases.preflight({
    target,
    database: live,
    sideName: undone,
    oldName: undone,
    needs: noNeeds,
    bytesNeeded: 0,
    wanted: present !== null && present.connectionLimit >= -1 ? present : null,
  })
  const turned = await turnBack(context.store, view)
  const turnedObjects = await turnObjects(context.store, view)
  const toRestored = await leadsToRestored(context.store, view)
  return checkOutput.parse({
    switched: switchRecord.parse(switched),
    undone,
    findings,
    turned,
    turnedObjects,
    toRestored,
  })
}
