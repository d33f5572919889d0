import type { ApprovalSubject } from '../../../src/domain/approval.ts'
import { digestOf } from '../../../src/domain/digest.ts'
import { SalvorError } from '../../../src/domain/errors/fail.ts'
import { markPerson } from '../../../src/domain/text.ts'
import { type CaseResult, readResults } from '../../../src/domain/uat.ts'
import { defineStep, type LookContext } from '../../../src/engine/define-step.ts'
import { describeCase } from '../describe-case.ts'
import type { UatParams } from '../params.ts'

/** The business owner takes the results as they stand, by an approval that is bound to them. */
export const signOff = defineStep<UatParams>({
  name: 'sign-off',
  title: 'sign-off',
  risk: 'reversible',
  where: 'worker',
  evidence: async (context) => describeResults(context.params.suite, await readNow(context)),
  async run(context) {
    const results = JSON.parse(JSON.stringify(await readNow(context)))
    const digest = digestOf(results)
    // Between the last look and this start somebody may have had another word; from here on none is taken.
    if (context.approval?.subject.binds.results !== digest) {
      throw new SalvorError('approval_changed', { changes: 'testers said otherwise since' })
    }
    const by = (context.approval?.decisions ?? []).map(({ person }) => person)
    return { by, digest, results }
  },
  // Nothing of the world changes with it: it may happen again, on the same approval's results.
  isDone: async () => ({ done: 'no' }),
})

async function readNow({ store, job }: LookContext<UatParams>): Promise<CaseResult[]> {
  return readResults((await store.viewJob(job.id))?.asks ?? [])
}

function describeResults(suite: string, results: readonly CaseResult[]): ApprovalSubject {
  const passed = results.filter(({ state }) => state === 'passed')
  const others = results.filter(({ state }) => state !== 'passed')
  const names = (some: readonly CaseResult[]) =>
    some.map(({ no, name, state }) => `${no} ${name} (${state})`).join(', ')
  return {
    action: `the results of ${suite}`,
    verb: 'sign-off',
    target: suite,
    proven: `${passed.length} of ${results.length} cases passed`,
    unproven: others.length === 0 ? 'none' : names(others),
    lost: 'nothing',
    does: results.map(describeCase),
    ownCommands: true,
    back: `Ask again: uat ${suite}`,
    details: results.flatMap(({ no, findings }) =>
      findings.map(
        ({ person, answer, comment }) => `${no}: ${markPerson(person)} ${answer}${comment ? `: ${comment}` : ''}`,
      ),
    ),
    ceiling: {},
    binds: { results: digestOf(JSON.parse(JSON.stringify(results))) },
  }
}
