import type { LogAnalysis } from '../../src/domain/log-analysis.ts'
import { analyseBytes } from './analyse-bytes.ts'
import { type Excerpt, listLabels, listLines, readBytes } from './excerpt.ts'
import { type Answers, judgeAnalysis, type Question, questions } from './judge.ts'

/** Shares of right answers, 0 to 1, of those excerpts that ask the question; null where none does. */
export type Shares = { readonly [question in Question]: number | null }

export interface Score extends Shares {
  /** Excerpts that ask the question. */
  readonly asked: { readonly [question in Question]: number }
  /** Logs with a failure in them of which it was said that nothing failed. */
  readonly wronglyClear: number
  readonly kinds: { readonly [kind: string]: Shares & { readonly excerpts: number } }
  /** Every excerpt with a wrong answer, and what was said. */
  readonly misses: readonly string[]
}

interface Judged {
  readonly excerpt: Excerpt
  readonly analysis: LogAnalysis
  readonly answers: Answers
  readonly before: number
}

/** Analyses each excerpt within the lines that `surround` gives it, and compares with its labels. */
export async function scoreExcerpts(
  excerpts: readonly Excerpt[],
  surround: (index: number) => { readonly before: readonly string[]; readonly after: readonly string[] },
): Promise<Score> {
  const judged: Judged[] = []
  for (const [index, excerpt] of excerpts.entries()) {
    // Lines of another encoding do not go into one log with these.
    const { before, after } = excerpt.base64 === undefined ? surround(index) : { before: [], after: [] }
    const bytes = Buffer.concat([
      Buffer.from(before.map((line) => `${line}\n`).join('')),
      readBytes(excerpt),
      Buffer.from(after.map((line) => `\n${line}`).join('')),
    ])
    const analysis = await analyseBytes(bytes)
    judged.push({ excerpt, analysis, answers: judgeAnalysis(analysis, excerpt, before.length), before: before.length })
  }
  const kinds = Map.groupBy(judged, ({ excerpt }) => excerpt.kind ?? listLabels(excerpt)[0] ?? '')
  return {
    ...shareAll(judged),
    asked: perQuestion((question) => judged.filter(({ answers }) => answers[question] !== null).length),
    wronglyClear: judged.filter(({ excerpt, analysis }) => listLines(excerpt).length > 0 && analysis.root === null)
      .length,
    kinds: Object.fromEntries(
      [...kinds].toSorted().map(([kind, members]) => [kind, { excerpts: members.length, ...shareAll(members) }]),
    ),
    misses: judged.filter(({ answers }) => Object.values(answers).includes(false)).map(describeMiss),
  }
}

function shareAll(judged: readonly Judged[]): Shares {
  return perQuestion((question) => {
    const asked = judged.filter(({ answers }) => answers[question] !== null)
    const right = asked.filter(({ answers }) => answers[question])
    return asked.length === 0 ? null : Math.round((right.length / asked.length) * 1_000) / 1_000
  })
}

function perQuestion<Value>(answer: (question: Question) => Value): { readonly [question in Question]: Value } {
  const all = Object.fromEntries(questions.map((question) => [question, answer(question)]))
  return all as { readonly [question in Question]: Value }
}

function describeMiss({ excerpt, analysis: { root, others }, answers, before }: Judged): string {
  const wrong = questions.filter((question) => answers[question] === false)
  const lines = [root, ...others].flatMap((cause) => (cause ? [cause.spot.line - before - 1] : [])).slice(0, 3)
  const { table = null, column = null, row = null } = root?.place ?? {}
  const wanted = `${listLabels(excerpt).join('|')} ${excerpt.code ?? ''} at ${listLines(excerpt).join('|') || 'none'}`
  const place = `${excerpt.table ?? ''}.${excerpt.column ?? ''}:${excerpt.row ?? ''}`
  return `${excerpt.id}: ${wrong.join(', ')}; ${root?.label ?? 'nothing'} ${root?.code ?? ''} at ${lines.join(',')} ${table ?? ''}.${column ?? ''}:${row ?? ''} for ${wanted} ${place}`
}
