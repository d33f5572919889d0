import type { z } from 'zod'
import type { ApprovalSubject } from '../../src/domain/approval.ts'
import { SalvorError } from '../../src/domain/errors/fail.ts'
import type { Changes } from '../../src/engine/define-job.ts'
import type { LookContext, StepContext } from '../../src/engine/define-step.ts'
import type { FoundFile } from '../../src/ports/file-tools.ts'
import { bindServiceCommands, mustBeBoundService } from '../bound-programs.ts'
import { digestTest, findConfig, testOf } from './find-config.ts'
import { type ConfigParams, lookOutput, type replaceOutput, testOutput } from './params.ts'
import { sayNotKept } from './say-not-kept.ts'

/** The resume point that is written down before the file is replaced. */
export const intentName = 'replacing'

/** The error for a file that somebody changed meanwhile. */
export async function sayChanged(context: LookContext<ConfigParams>, file: FoundFile): Promise<SalvorError> {
  const owner = await context.tools.files.nameOwner(file)
  return new SalvorError('file_changed', { path: file.path, owner, at: file.changedAt })
}

/** Which file is replaced by which content, and where the old one is kept. */
export function readIntent(context: LookContext<ConfigParams>): z.infer<typeof replaceOutput> {
  const seen = lookOutput.parse(context.outputOf('look'))
  const chosen = testOutput.parse(context.outputOf('test'))
  const kept = `${seen.path}.salvor-${context.job.id}`
  return { replaced: false, path: seen.path, kept, before: seen.digest, after: chosen.digest }
}

/**
 * For a version without a test: the difference, and both contents by their digests. Nobody is asked about a file that is
 * another one by now.
 */
export async function showReplacement(context: LookContext<ConfigParams>): Promise<ApprovalSubject> {
  const { path, before, after, kept } = readIntent(context)
  const { version, diff, hidden } = testOutput.parse(context.outputOf('test'))
  const notKept = sayNotKept(lookOutput.parse(context.outputOf('look')))
  const { files } = context.tools
  const now = await files.read(path)
  // An attempt of ours that vanished may have put it there already.
  const isOurs = Object.hasOwn(context.records, intentName) && now.digest === after
  if (now.digest !== before && !isOurs) throw await sayChanged(context, now)
  const { service } = context.params
  return {
    action: `replacing ${path} of ${service}`,
    verb: 'replace',
    target: `${service}: ${path}`,
    proven: await sayProven(context),
    unproven: `that ${service} runs with it; it reads the file when it is restarted`,
    lost: notKept.length === 0 ? 'nothing: the old file is kept' : `of the new file: ${notKept.join('; ')}`,
    does: [`${kept}  -- the old file`, `${path}  -- ${version}, sha256 ${after.slice(0, 12)}`],
    back: `undo ${context.job.id}: ${kept}`,
    details: [...diff, ...(hidden > 0 ? [`… ${hidden} lines more`] : [])],
    ceiling: {},
    binds: { path, before, after, version },
  }
}

/** For plans that want reversible steps approved: the same about a version that passed its test. */
export async function showConfigChanges(context: LookContext<ConfigParams>): Promise<Changes> {
  const { does, ceiling: _, binds, details, ...shown } = await showReplacement(context)
  const test = await bindTest(context)
  return {
    ...shown,
    details: [...details, ...test.details],
    steps: { replace: { does, binds: { commands: test.commands } } },
    binds,
  }
}

/** What the card says of the test stands on its program: that is still the one that was approved. */
export async function mustBeSameTest(context: StepContext<ConfigParams>): Promise<void> {
  const argv = findTest(context)
  if (argv !== null) await mustBeBoundService(context, { argv })
}

async function sayProven(context: LookContext<ConfigParams>): Promise<string> {
  const { version, tested, testedWith } = testOutput.parse(context.outputOf('test'))
  const argv = findTest(context)
  if (tested === null || argv === null) return 'nothing: the plan has no test that reads this file'
  if (testedWith !== (await digestTest(context, argv)))
    return 'nothing: its test is another program than the one that passed it'
  return `${version} passed its test: ${tested}`
}

/** The test that the version passed; null for a version that nothing tested, such as one that stood there before. */
function findTest(context: LookContext<ConfigParams>): readonly string[] | null {
  const { service, file } = context.params
  const { tested } = testOutput.parse(context.outputOf('test'))
  return tested === null ? null : testOf(findConfig(service, context.service(service).config, file))
}

async function bindTest(context: LookContext<ConfigParams>) {
  const argv = findTest(context)
  const { binds, details } = await bindServiceCommands(context, argv === null ? [] : [{ argv }])
  return { commands: binds.commands ?? [], details }
}
