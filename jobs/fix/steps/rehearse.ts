import { defineStep } from '../../../src/engine/define-step.ts'
import { runDry } from '../dry-run.ts'
import type { FixParams } from '../params.ts'

/** Runs the remedy on the live database in one transaction, counts what it does, and rolls it back. */
export const rehearse = defineStep<FixParams>({
  name: 'rehearse',
  title: 'dry run',
  risk: 'read',
  where: 'runner',
  sessionsOn: ({ system }) => system,
  run: runDry,
})
