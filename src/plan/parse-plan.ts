import { LineCounter, parseDocument } from 'yaml'
import { digestOf } from '../domain/digest.ts'
import { SalvorError } from '../domain/errors/fail.ts'
import type { PlanText, RecoveryPlan } from '../domain/recovery-plan.ts'
import { checkCompare } from './check-compare.ts'
import { checkMeaning } from './check-meaning.ts'
import { checkPasswords } from './check-passwords.ts'
import { checkPeople } from './check-people.ts'
import { checkProcedures } from './check-procedures.ts'
import { checkReferences } from './check-references.ts'
import { checkRemedies } from './check-remedies.ts'
import { checkSchema } from './check-schema.ts'
import { placeVariables } from './expand-text.ts'
import { failPlan, type Problem, placeOf } from './problem.ts'

/** All that a plan is made of, and all that the store keeps of it: a worker rebuilds it from this without the file. */
export interface PlanSource {
  /** Unexpanded. */
  readonly text: string
  /** The file, for messages. */
  readonly path: string
  /** Relative paths start here. */
  readonly folder: string
  /** SHA-256 of each file that the plan names, by the name it uses; null when it could not be read. */
  readonly fileHashes: { readonly [path: string]: string | null }
}

const longestPlan = 1024 * 1024

/** Reads a plan's text and checks all of it. Throws `plan_invalid` with line, column and the nearest known name. */
export function parsePlan(source: PlanSource): RecoveryPlan {
  const text = parsePlanText(source)
  const { folder, path, fileHashes: files } = source
  return { ...text, digest: digestPlan(source), folder, path, files, variables: placeVariables(source.text) }
}

/** The plan's digest: over the unexpanded text and the files it names, not over where it lies. */
function digestPlan({ text, fileHashes }: Pick<PlanSource, 'text' | 'fileHashes'>): string {
  return digestOf({ text, files: fileHashes })
}

/** The checked content alone: enough to find out which files it names. */
export function parsePlanText({ text, path }: Pick<PlanSource, 'text' | 'path'>): PlanText {
  if (text.length > longestPlan) {
    throw new SalvorError('plan_invalid', {
      path,
      line: 1,
      column: 1,
      problem: 'longer than 1 MB',
      fix: 'Is it the plan?',
    })
  }
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true })
  const problemsOfYaml = [...document.errors, ...document.warnings].map((error) => {
    const { line, col } = lines.linePos(error.pos[0])
    const problem = error.message.split('\n')[0] ?? 'this is no YAML'
    // Inside { } YAML takes the brace of a reference for its own: the fault that people make most with references.
    const unquoted = /\{[^"']*\$\{/.test(text.split('\n')[line - 1] ?? '')
    const fix = unquoted
      ? 'Inside { } put quotes round a reference to the environment.'
      : 'Often an indent, a quote or a colon.'
    return { path: [], line, column: col, problem, fix }
  })
  if (problemsOfYaml.length > 0) throw failPlan({ path, problems: problemsOfYaml })
  const fail = (problems: readonly Problem[]) =>
    failPlan({ path, problems: problems.map((problem) => ({ ...problem, ...placeOf(document, lines, problem) })) })
  const checked = checkSchema(readValue(document, fail))
  if ('problems' in checked) throw fail(checked.problems)
  const plan = checked.text
  const problems = [
    ...checkReferences(plan),
    ...checkPeople(plan),
    ...checkMeaning(plan),
    ...checkCompare(plan),
    ...checkPasswords(plan),
    ...checkRemedies(plan),
    ...checkProcedures(plan),
    ...checkVariables(plan),
  ]
  if (problems.length > 0) throw fail(problems)
  return plan
}

function readValue(document: ReturnType<typeof parseDocument>, fail: (problems: readonly Problem[]) => Error): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch {
    throw fail([{ path: [], problem: 'its aliases cannot be resolved', fix: 'Write the repeated parts out.' }])
  }
}

/** `${NAME}` must be a name that an environment can hold; found at start rather than in the middle of a recovery. */
function checkVariables(value: unknown, path: readonly (string | number)[] = []): Problem[] {
  if (typeof value === 'string') {
    const wrong = /(?<!\$)\$\{(?![A-Za-z_][A-Za-z0-9_]*\})/.test(value)
    return wrong
      ? [
          {
            path,
            problem: 'a reference to the environment holds no name',
            fix: 'Use letters, digits and _ in the braces; $$ is a plain $.',
          },
        ]
      : []
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, child]) =>
    checkVariables(child, [...path, Array.isArray(value) ? Number(key) : key]),
  )
}
