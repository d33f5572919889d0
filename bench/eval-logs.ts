import { readFileSync } from 'node:fs'
import type { Excerpt } from './eval-logs/excerpt.ts'
import { makeNoise } from './eval-logs/noise.ts'
import { type Score, scoreExcerpts } from './eval-logs/score.ts'

/**
 * Scores the analysis on a labelled corpus: `npm run eval:logs <file.jsonl> [-- --misses]`. JSON on standard output:
 * each log alone and among 2,000 lines in which nothing goes wrong.
 */
async function main(argv: readonly string[]): Promise<number> {
  const path = argv.find((word) => !word.startsWith('--'))
  if (path === undefined) {
    process.stderr.write('npm run eval:logs <file.jsonl> [-- --misses]\n')
    return 2
  }
  const excerpts = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Excerpt)
  const withMisses = argv.includes('--misses')
  const alone = await scoreExcerpts(excerpts, () => ({ before: [], after: [] }))
  const embedded = await scoreExcerpts(excerpts, (index) => {
    const noise = makeNoise(2_000, index + 1)
    return { before: noise.slice(0, 1_000), after: noise.slice(1_000) }
  })
  const result = { excerpts: excerpts.length, alone: show(alone, withMisses), embedded: show(embedded, withMisses) }
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
  return 0
}

function show(score: Score, withMisses: boolean): object {
  const { misses, ...numbers } = score
  return withMisses ? { ...numbers, misses } : numbers
}

process.exitCode = await main(process.argv.slice(2))
