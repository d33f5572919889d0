import { z } from 'zod'
import type { ApprovalSubject } from '../../../src/domain/approval.ts'
import { SalvorError } from '../../../src/domain/errors/fail.ts'
import { defineStep, type LookContext, type StepContext, type StepDefinition } from '../../../src/engine/define-step.ts'
import type { FoundFile } from '../../../src/ports/file-tools.ts'
import { type ConfigParams, lookOutput, type replaceOutput, testOutput } from '../params.ts'
import { sayNotKept } from '../say-not-kept.ts'

const intentName = 'replacing'
const intentRecord = z.object({ before: z.string(), after: z.string(), kept: z.string() })

const parts: Omit<StepDefinition<ConfigParams>, 'name' | 'risk'> = {
  title: 'replace',
  where: 'runner',
  evidence: showReplacement,
  run: putInPlace,
  isDone: settle,
}

/** A version that passed the plan's test, or the file that stood there before. */
export const replace = defineStep<ConfigParams>({ ...parts, name: 'replace', risk: 'reversible' })

/** A version that nothing has tested but a person's eyes: somebody else looks at the difference before it is there. */
export const replaceUntested = defineStep<ConfigParams>({
  ...parts,
  name: 'replace-untested',
  title: 'replace, untested',
  risk: 'destructive',
  undoable: true,
})

/**
 * Puts the chosen version in place of the file that was shown, and of no other. Its digests are written down ahead of
 * the effect; by them the world is asked later which of the two is there.
 */
async function putInPlace(context: StepContext<ConfigParams>) {
  const { files } = context.tools
  const intent = readIntent(context)
  const { path, before, after, kept } = intent
  if (before === after) return { ...intent, replaced: false }
  const settled = await settle(context)
  if (settled.done === 'yes') return settled.output
  const version = await files.read(testOutput.parse(context.outputOf('test')).path)
  if (version.digest !== after) throw await sayChanged(context, version)
  const { content } = version
  const beforeEffect = () => context.record(intentName, intentRecord.parse(intent))
  await files.replace({ path, seen: before, content, wanted: after, kept, signal: context.signal, beforeEffect })
  return { ...intent, replaced: true }
}

/** Only the two known contents say anything: with another one somebody else was there, and a person must look. */
async function settle(context: LookContext<ConfigParams>) {
  const intent = readIntent(context)
  if (intent.before === intent.after || !Object.hasOwn(context.records, intentName)) return { done: 'no' as const }
  const { files } = context.tools
  const now = await files.read(intent.path)
  if (now.digest === intent.before) return { done: 'no' as const }
  if (now.digest !== intent.after) {
    const why = `${now.path} is neither the old nor the new file: changed at ${now.changedAt}`
    return { done: 'unknown' as const, why }
  }
  const kept = await files.read(intent.kept)
  if (kept.digest === intent.before) return { done: 'yes' as const, output: { ...intent, replaced: true } }
  return { done: 'unknown' as const, why: `the new file is there, but ${intent.kept} is not the old one` }
}

async function sayChanged(context: LookContext<ConfigParams>, file: FoundFile): Promise<SalvorError> {
  const owner = await context.tools.files.nameOwner(file)
  return new SalvorError('file_changed', { path: file.path, owner, at: file.changedAt })
}

function readIntent(context: LookContext<ConfigParams>): z.infer<typeof replaceOutput> {
  const seen = lookOutput.parse(context.outputOf('look'))
  const chosen = testOutput.parse(context.outputOf('test'))
  const kept = `${seen.path}.salvor-${context.job.id}`
  return { replaced: false, path: seen.path, kept, before: seen.digest, after: chosen.digest }
}

/**
 * For a version without a test, and for plans that want reversible steps approved: the difference, and both contents by their digests. Nobody is asked
 * about a file that is another one by now.
 */
async function showReplacement(context: LookContext<ConfigParams>): Promise<ApprovalSubject> {
  const { path, before, after, kept } = readIntent(context)
  const { version, tested, diff, hidden } = testOutput.parse(context.outputOf('test'))
  const notKept = sayNotKept(lookOutput.parse(context.outputOf('look')))
  const { files } = context.tools
  const now = await files.read(path)
  if (now.digest !== before) throw await sayChanged(context, now)
  const { service } = context.params
  return {
    action: `replacing ${path} of ${service}`,
    verb: 'replace',
    target: `${service}: ${path}`,
    proven:
      tested === null ? 'nothing: the plan has no test that reads this file' : `${version} passed its test: ${tested}`,
    unproven: `that ${service} runs with it; it reads the file when it is restarted`,
    lost: notKept.length === 0 ? 'nothing: the old file is kept' : `of the new file: ${notKept.join('; ')}`,
    does: [`${kept}  -- the old file`, `${path}  -- ${version}, sha256 ${after.slice(0, 12)}`],
    back: `undo ${context.job.id}: ${kept}`,
    details: [...diff, ...(hidden > 0 ? [`… ${hidden} lines more`] : [])],
    ceiling: {},
    binds: { path, before, after, version },
  }
}
