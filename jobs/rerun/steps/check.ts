import { SalvorError } from '../../../src/domain/errors/fail.ts'
import { defineStep, type StepContext } from '../../../src/engine/define-step.ts'
import { countRejects } from '../count-rejects.ts'
import { checkOutput, type RerunParams, runOutput } from '../params.ts'
import { readLog } from '../read-log.ts'

/** Its exit code is no proof: the plan's checks look at what it left, and its rejects are counted. */
export const check = defineStep<RerunParams>({
  name: 'check',
  title: 'check',
  risk: 'read',
  where: 'worker',
  sessionsOn: ({ system }) => system,
  run: checkSystem,
})

async function checkSystem(context: StepContext<RerunParams>) {
  const { system, migration } = context.params
  const { checks } = context.postgres(system)
  const { signal } = context
  const findings = await context.tools.content.runChecks({ target: context.target(system), checks, signal })
  const failing = findings.filter(({ verdict }) => verdict !== 'equal')
  if (failing.length > 0) {
    const seen = failing.map(({ name, why }) => (why === null ? name : `${name} (${why})`)).join('; ')
    throw new SalvorError('rerun_unproven', { migration, system, count: failing.length, seen: seen.slice(0, 300) })
  }
  const { startedAt } = runOutput.parse(context.outputOf('run'))
  return checkOutput.parse({
    passed: findings.length,
    total: findings.length,
    groups: await countRejects(context),
    log: await readLog(context, startedAt),
  })
}
