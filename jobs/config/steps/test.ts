import { basename } from 'node:path'
import { SalvorError } from '../../../src/domain/errors/fail.ts'
import { inPhase } from '../../../src/domain/phase.ts'
import { defineStep, type StepContext } from '../../../src/engine/define-step.ts'
import type { FoundFile } from '../../../src/ports/file-tools.ts'
import { expandArgv } from '../../expand-service.ts'
import { digestTest, findConfig, testOf } from '../find-config.ts'
import { type ConfigParams, lookOutput, testOutput } from '../params.ts'

/** Lines of the difference that a card shows: enough for a handful of changes, short enough for a phone. */
const shownLines = 25

/** How long a test of a config file may take, in milliseconds: it reads a file. */
const testWithinMs = 60_000

/** Finds the version that is put in place: the one that was named, else the newest that passes the plan's test. */
export const test = defineStep<ConfigParams>({
  name: 'test',
  title: 'choose and test',
  risk: 'read',
  where: 'runner',
  async run(context) {
    const { params } = context
    const { files } = context.tools
    const seen = lookOutput.parse(context.outputOf('look'))
    const config = findConfig(params.service, context.service(params.service).config, params.file)
    const refused: string[] = []
    for (const { label, path } of seen.candidates) {
      const tried = await tryCandidate(context, testOf(config), { label, path, named: seen.path })
      if (typeof tried === 'string') {
        refused.push(`${label}: ${tried}`)
        continue
      }
      const current = await files.read(seen.path)
      const { lines, ...change } = files.compare(current.content, tried.file.content, shownLines)
      return testOutput.parse({
        version: label,
        path: tried.file.path,
        digest: tried.file.digest,
        why: sayWhy(params, tried.tested),
        tested: tried.tested,
        testedWith: tried.testedWith,
        refused,
        ...change,
        diff: lines,
      })
    }
    const folder = context.resolvePath(config.versions)
    throw new SalvorError('config_refused', { path: seen.path, seen: refused.join('; ').slice(0, 600), folder })
  },
})

/** The file with what its test said, or why it is none: a version that cannot be read is passed over like a bad one. */
async function tryCandidate(
  context: StepContext<ConfigParams>,
  argv: readonly string[] | null,
  of: { readonly label: string; readonly path: string; readonly named: string },
): Promise<{ readonly file: FoundFile; readonly tested: string | null; readonly testedWith: string | null } | string> {
  const { files, services } = context.tools
  try {
    const file = await files.read(of.path)
    // What stood there before needs no test to be put back: it is what people ask for.
    if (argv === null || context.params.back !== undefined) return { file, tested: null, testedWith: null }
    context.progress(inPhase('testing', { what: of.label }))
    const late = AbortSignal.timeout(testWithinMs)
    return await files.withCopy(file.content, basename(of.named), async (copy) => {
      const before = await digestTest(context, argv)
      const command = expandArgv(argv, context).map((word) => word.replaceAll('{file}', copy))
      try {
        const { exitCode, said } = await services.runArgv(command, AbortSignal.any([context.signal, late]))
        if (exitCode !== 0) return said
        const testedWith = (await digestTest(context, argv)) === before ? before : null
        return { file, tested: said, testedWith }
      } catch (error) {
        context.signal.throwIfAborted()
        if (late.aborted) return `the test took longer than ${testWithinMs / 1000} s`
        throw error
      }
    })
  } catch (error) {
    if (error instanceof SalvorError && /^file_/.test(error.code) && context.params.version === undefined)
      return error.message
    throw error
  }
}

function sayWhy({ version, back }: ConfigParams, tested: string | null): string {
  if (back !== undefined) return 'kept by that job'
  if (version !== undefined)
    return tested === null ? 'asked for; the plan has no test of it' : 'asked for; its test passed'
  return 'the newest that passes its test'
}
