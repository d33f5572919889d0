import { z } from 'zod'
import { messageOf } from '../../../src/domain/errors/error-message.ts'
import { SalvorError } from '../../../src/domain/errors/fail.ts'
import { defineStep, type LookContext, type StepContext, type StepDefinition } from '../../../src/engine/define-step.ts'
import { type ConfigParams, testOutput } from '../params.ts'
import { intentName, mustBeSameTest, readIntent, sayChanged, showReplacement } from '../show-replacement.ts'

const intentRecord = z.object({ before: z.string(), after: z.string(), kept: z.string() })

const parts: Omit<StepDefinition<ConfigParams>, 'name' | 'risk'> = {
  title: 'replace',
  where: 'runner',
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
  evidence: showReplacement,
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
  await mustBeSameTest(context)
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
    const facts = { path: now.path, changedAt: now.changedAt, job: context.job.id }
    return { done: 'unknown' as const, why: messageOf(new SalvorError('file_astray', facts)) }
  }
  const kept = await files.read(intent.kept)
  if (kept.digest === intent.before) return { done: 'yes' as const, output: { ...intent, replaced: true } }
  const why = messageOf(new SalvorError('kept_astray', { kept: intent.kept, job: context.job.id }))
  return { done: 'unknown' as const, why }
}
