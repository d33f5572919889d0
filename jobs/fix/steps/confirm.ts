import { SalvorError } from '../../../src/domain/errors/fail.ts'
import { defineStep, type StepContext } from '../../../src/engine/define-step.ts'
import { commitOutput, confirmOutput, type FixParams, lookOutput } from '../params.ts'

/** The server says that it committed; files of rejects lose what was loaded; the rejects are counted again. */
export const confirm = defineStep<FixParams>({
  name: 'confirm',
  title: 'confirm',
  risk: 'reversible',
  // What it takes out of reject files is what the commit loaded, and the commit's card says so.
  partOf: 'commit',
  where: 'worker',
  sessionsOn: ({ system }) => system,
  run: confirmCommit,
  // Each part of it may be repeated.
  isDone: async () => ({ done: 'no' }),
})

async function confirmCommit(context: StepContext<FixParams>) {
  const { system } = context.params
  const { remedies } = context.tools
  const target = context.target(system)
  const { xid, rest } = commitOutput.parse(context.outputOf('commit'))
  const outcome = await remedies.findOutcome(target, xid)
  if (outcome !== 'committed')
    throw new SalvorError('target_changed', {
      system,
      seen: `transaction ${xid} is ${outcome ?? 'not known any more'}`,
    })
  const files = await remedies.writeRest(rest, context.job.id)
  const { rejects } = lookOutput.parse(context.outputOf('look'))
  const groups = rejects === null ? [] : await remedies.countRejects(target, rejects, context.signal)
  return confirmOutput.parse({ files, groups })
}
