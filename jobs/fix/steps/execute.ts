import type { ApprovalSubject } from '../../../src/domain/approval.ts'
import { messageOf } from '../../../src/domain/errors/error-message.ts'
import { SalvorError } from '../../../src/domain/errors/fail.ts'
import { inPhase } from '../../../src/domain/phase.ts'
import { type DoneAnswer, defineStep, type LookContext, type StepContext } from '../../../src/engine/define-step.ts'
import { bindPrograms, mustBeBound } from '../../bound-programs.ts'
import { expandArgv } from '../../expand-service.ts'
import { sayCommand } from '../../say-command.ts'
import { mustBeSame } from '../commit-evidence.ts'
import { executeOutput, type FixParams, lookOutput } from '../params.ts'

/** A remedy that is a program: nothing can be tried first, so people approve the command itself. */
export const execute = defineStep<FixParams>({
  name: 'execute',
  title: 'run',
  risk: 'destructive',
  where: 'runner',
  sessionsOn: ({ system }) => system,
  evidence: showCommand,
  run: runCommand,
  isDone: settle,
})

async function showCommand(context: LookContext<FixParams>): Promise<ApprovalSubject> {
  const { system, remedy } = context.params
  const { argv, identity } = lookOutput.parse(context.outputOf('look'))
  const { systemIdentifier, name, oid } = await mustBeSame(context, { identity })
  const { binds: programs, details } = await bindPrograms(context, [argv ?? []])
  return {
    action: `the remedy ${remedy} on ${system}`,
    verb: 'fix',
    target: `${system}: ${name} (OID ${oid}) on server ${systemIdentifier}`,
    proven: 'nothing: a program cannot be run for trial',
    unproven: 'everything it does',
    lost: 'unknown: only the program knows',
    does: [sayCommand(argv ?? [])],
    back: `none; \`restore ${system}\` brings back a backup`,
    details,
    ceiling: {},
    binds: { systemIdentifier, database: name, oid, remedy, argv: argv ?? [], programs },
  }
}

async function runCommand(context: StepContext<FixParams>) {
  const { argv } = lookOutput.parse(context.outputOf('look'))
  await mustBeBound(context, [argv ?? []])
  await context.record(`started-${context.step.attempt}`, context.now().toISOString())
  const { exitCode, said, tail } = await context.tools.remedies.runArgv({
    argv: expandArgv(argv ?? [], context),
    cwd: context.resolvePath('.'),
    signal: context.signal,
    onLine: (line) => context.progress(inPhase('line', { line })),
  })
  await context.record(`ended-${context.step.attempt}`, { exitCode, said })
  if (exitCode === 0) return executeOutput.parse({ said, at: context.now().toISOString() })
  const tool = context.params.remedy
  throw new SalvorError('tool_failed', { tool, code: exitCode ?? 'a signal', seen: said }, { excerpt: tail.join('\n') })
}

/** What a program did the world cannot tell; how it ended is written down as soon as it is known. */
async function settle(context: LookContext<FixParams>): Promise<DoneAnswer> {
  const { attempt } = context.step
  if (!Object.hasOwn(context.records, `started-${attempt}`)) return { done: 'no' }
  const ended = context.records[`ended-${attempt}`] as { exitCode: number | null; said: string } | undefined
  if (ended === undefined) {
    const facts = { program: context.params.remedy, job: context.job.id }
    return { done: 'unknown', why: messageOf(new SalvorError('program_unseen', facts)) }
  }
  if (ended.exitCode !== 0) return { done: 'no' }
  return { done: 'yes', output: executeOutput.parse({ said: ended.said, at: context.now().toISOString() }) }
}
