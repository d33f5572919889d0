import { SalvorError } from '../../../src/domain/errors/fail.ts'
import { defineStep, type LookContext } from '../../../src/engine/define-step.ts'
import { refuseForeign } from '../../verify/refuse-foreign.ts'
import { refuseItself } from '../../verify/refuse-itself.ts'
import type { Choice, CompareParams } from '../params.ts'

/** Finds the other side, and refuses what whoever asks has no right to see. */
export const choose = defineStep<CompareParams>({
  name: 'choose',
  title: 'choose the other side',
  risk: 'read',
  where: 'worker',
  run: (context) => chooseOther(context),
})

async function chooseOther(context: LookContext<CompareParams>): Promise<Choice> {
  const { system, with: asked = 'source' } = context.params
  if (asked === 'source') return chooseSource(context)
  const other = Object.hasOwn(context.plan.systems, asked) ? context.plan.systems[asked] : undefined
  if (other === undefined) {
    await refuseForeign(context, asked)
    return { kind: 'database', database: asked }
  }
  // Whoever may have this system compared reads the other's rows by it.
  if (other.owner !== context.postgres(system).owner)
    throw new SalvorError('compare_not_yours', { other: asked, system })
  await refuseItself(context, context.expand(context.postgres(asked).url))
  return { kind: 'system', system: asked }
}

async function chooseSource(context: LookContext<CompareParams>): Promise<Choice> {
  const { system } = context.params
  const { source } = context.postgres(system)
  if (source === undefined) {
    const problem = `The plan names no source of ${system}.`
    const usage = `compare ${system} --with <system>|<database>, or systems.${system}.source: \${…}`
    throw new SalvorError('command_usage', { problem, usage })
  }
  await refuseItself(context, context.expand(source))
  return { kind: 'source' }
}
