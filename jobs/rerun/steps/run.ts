import type { ApprovalSubject } from '../../../src/domain/approval.ts'
import { messageOf } from '../../../src/domain/errors/error-message.ts'
import { SalvorError } from '../../../src/domain/errors/fail.ts'
import { findMigration } from '../../../src/domain/find-migration.ts'
import { inPhase } from '../../../src/domain/phase.ts'
import { type DoneAnswer, defineStep, type LookContext, type StepContext } from '../../../src/engine/define-step.ts'
import { bindPrograms, mustBeBound } from '../../bound-programs.ts'
import { expandArgv } from '../../expand-service.ts'
import { sayCommand } from '../../say-command.ts'
import { endRecord, lookOutput, type RerunParams, runOutput } from '../params.ts'
import { readLog } from '../read-log.ts'
import { stopWith } from '../stop-with.ts'

/** Runs the migration: it writes, and nothing takes that back but a restore. */
export const run = defineStep<RerunParams>({
  name: 'run',
  title: 'run',
  risk: 'destructive',
  where: 'runner',
  evidence: showCommand,
  run: runMigration,
  isDone: settle,
})

async function showCommand(context: LookContext<RerunParams>): Promise<ApprovalSubject> {
  const { migration, system } = context.params
  const { rerun, stop } = findMigration(context.plan, context.params)
  const { identity: known } = lookOutput.parse(context.outputOf('look'))
  const { systemIdentifier, name, oid } = await context.tools.databases.identify(context.target(system))
  if (systemIdentifier !== known.systemIdentifier || oid !== known.oid)
    throw new SalvorError('target_changed', { system, seen: `${name} is another database than a moment ago` })
  // The way to stop it belongs to it: it runs without another question.
  const { binds: programs, details } = await bindPrograms(context, [rerun, ...(stop === undefined ? [] : [stop])])
  return {
    action: `running the migration ${migration} again`,
    verb: 'rerun',
    target: `${system}: ${name} (OID ${oid}) on server ${systemIdentifier}`,
    proven: 'nothing: a migration cannot be run for trial',
    unproven: 'what it does; the checks of the system are run when it has ended',
    lost: `unknown: it writes to ${system}`,
    does: [sayCommand(rerun)],
    back: `none of its own; \`restore ${system}\` brings back a backup`,
    details,
    ceiling: {},
    // Unexpanded: secrets stay by name.
    binds: { systemIdentifier, database: name, oid, migration, argv: rerun, stop: stop ?? [], programs },
  }
}

async function runMigration(context: StepContext<RerunParams>) {
  const { migration } = context.params
  const { rerun, stop, log: logName } = findMigration(context.plan, context.params)
  const { remedies } = context.tools
  const cwd = context.resolvePath('.')
  const logPath = logName === undefined ? undefined : context.plan.logs[logName]?.path
  await mustBeBound(context, [rerun, ...(stop === undefined ? [] : [stop])])
  const startedAt = context.now().toISOString()
  await context.record(`started-${context.step.attempt}`, startedAt)
  const ending = stopWith(context.signal, async (signal) => {
    if (stop === undefined) return
    context.log.info({ migration }, 'telling the migration to stop')
    await remedies.runArgv({ argv: expandArgv(stop, context), cwd, signal, onLine: () => {} })
  })
  let last = ''
  const onLine = (line: string) => {
    last = line
    context.progress(inPhase('line', { line }))
  }
  const ended = await remedies
    .runArgv({
      argv: expandArgv(rerun, context),
      cwd,
      signal: ending.kill,
      onLine,
      ...(logPath === undefined ? {} : { follow: context.resolvePath(logPath) }),
    })
    .finally(ending.done)
  const { exitCode, said } = ended
  const record = endRecord.parse({ startedAt, exitCode, said, last, stopped: context.signal.aborted && exitCode !== 0 })
  await context.record(`ended-${context.step.attempt}`, record)
  if (exitCode === 0) return runOutput.parse({ ...record, at: context.now().toISOString() })
  context.signal.throwIfAborted()
  const log = await readLog(context, startedAt)
  const seen = log === null || log.errors === 0 ? said : `${said}; its log: ${log.said}`
  throw new SalvorError('rerun_failed', { migration, seen }, { excerpt: ended.tail.join('\n') })
}

/** Only its end, if somebody saw it, says anything: how far it came without one nobody knows but its own log. */
async function settle(context: LookContext<RerunParams>): Promise<DoneAnswer> {
  const { attempt } = context.step
  if (!Object.hasOwn(context.records, `started-${attempt}`)) return { done: 'no' }
  const ended = endRecord.safeParse(context.records[`ended-${attempt}`]).data
  if (ended === undefined) {
    const facts = { migration: context.params.migration, job: context.job.id }
    return { done: 'unknown', why: messageOf(new SalvorError('migration_unseen', facts)) }
  }
  if (ended.exitCode !== 0) return { done: 'no' }
  return { done: 'yes', output: runOutput.parse({ ...ended, at: context.now().toISOString() }) }
}
