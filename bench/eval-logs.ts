import { readFileSync } from 'node:fs'
import { makeNoise } from './eval-logs/noise.ts'
import { type Excerpt, scoreExcerpts } from './eval-logs/score.ts'

/** Scores the analysis on a labelled corpus: `npm run eval:logs <file.jsonl> [-- --misses]`. JSON on standard output. */
function main(argv: readonly string[]): number {
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
  const alone = scoreExcerpts(excerpts, () => ({ before: [], after: [] }))
  const embedded = scoreExcerpts(excerpts, (index) => {
    const noise = makeNoise(2_000, index + 1)
    return { before: noise.slice(0, 1_000), after: noise.slice(1_000) }
  })
  const result = { excerpts: excerpts.length, alone: show(alone, withMisses), embedded: show(embedded, withMisses) }
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
  return 0
}

function show(score: ReturnType<typeof scoreExcerpts>, withMisses: boolean): object {
  const { misses, ...numbers } = score
  return withMisses ? { ...numbers, misses } : numbers
}

process.exitCode = main(process.argv.slice(2))
