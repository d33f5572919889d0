import type { ApprovalSubject } from '../../../src/domain/approval.ts'
import { showRemedy } from '../../../src/domain/loose-remedy.ts'
import { defineStep, type LookContext } from '../../../src/engine/define-step.ts'
import { mustBeSame, warnOfSharer } from '../commit-evidence.ts'
import { runDry } from '../dry-run.ts'
import { type FixParams, lookOutput } from '../params.ts'

/**
 * The dry run of SQL that no plan names and that does more than a rollback takes back: somebody else reads all of it
 * first. The commit has a card of its own, with what the dry run saw.
 */
export const tryAfterApproval = defineStep<FixParams>({
  name: 'try',
  title: 'dry run',
  risk: 'destructive',
  where: 'runner',
  sessionsOn: ({ system }) => system,
  evidence: showText,
  run: runDry,
  // Nothing of it stands but what was approved to happen at a dry run; another one is asked for anew.
  isDone: async () => ({ done: 'no' }),
})

async function showText(context: LookContext<FixParams>): Promise<ApprovalSubject> {
  const { system, remedy } = context.params
  const looked = lookOutput.parse(context.outputOf('look'))
  const { systemIdentifier, name, oid } = await mustBeSame(context, looked)
  return {
    ...warnOfSharer(context.params),
    action: `the dry run of ${showRemedy(remedy)} on ${system}`,
    verb: 'fix',
    target: `${system}: ${name} (OID ${oid}) on server ${systemIdentifier}`,
    proven: 'nothing: nothing of it has run yet',
    unproven: 'everything it does',
    lost: 'what no rollback takes back: where sequences stand, what functions do outside the database',
    does: ['BEGIN', ...looked.shown.map((statement) => `${statement};`), 'ROLLBACK'],
    back: 'it is rolled back; the commit is asked for by a card of its own, with what it did',
    details: [`Remedy ${looked.from}, sha256 ${looked.sha256}`],
    ceiling: {},
    binds: { systemIdentifier, database: name, oid, remedy, sha256: looked.sha256, dryRun: true },
  }
}
