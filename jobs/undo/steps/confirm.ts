import { SalvorError } from '../../../src/domain/errors/fail.ts'
import { defineStep, type StepContext } from '../../../src/engine/define-step.ts'
import { switchOutput } from '../../restore/params.ts'
import { confirmOutput, type UndoParams } from '../params.ts'

/** The live database is the old one again, and lets people in. */
export const confirm = defineStep<UndoParams>({
  name: 'confirm',
  title: 'confirm',
  risk: 'read',
  where: 'worker',
  sessionsOn: ({ system }) => system,
  run: confirmIdentity,
})

async function confirmIdentity(context: StepContext<UndoParams>) {
  const { system } = context.params
  const { databases } = context.tools
  const target = context.target(system)
  const { intent } = switchOutput.parse(context.outputOf('switch'))
  const refuse = (seen: string): never => {
    throw new SalvorError('target_changed', { system, seen })
  }
  const { live } = await databases.lookUp(target)
  if (intent.sideOid === null) {
    if (live !== null) refuse(`there is a ${intent.live} again`)
    return confirmOutput.parse({ live: intent.live, oid: null, at: context.now().toISOString() })
  }
  const identity = await databases.identify(target)
  if (identity.systemIdentifier !== intent.systemIdentifier || identity.oid !== intent.sideOid)
    refuse(`${identity.name} is not the database that it was switched back to`)
  if (!(await databases.acceptsConnections(target, intent.live))) refuse(`${intent.live} accepts no connections`)
  return confirmOutput.parse({ live: intent.live, oid: identity.oid, at: context.now().toISOString() })
}
