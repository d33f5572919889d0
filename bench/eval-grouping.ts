import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { groupHeads } from '../src/logs/cluster/group-heads.ts'
import { createStreamGrouper } from '../src/logs/cluster/stream-groups.ts'
import { readCsv } from './logs/read-csv.ts'
import { scoreGrouping } from './logs/score-grouping.ts'

// Scores how well log messages are grouped, with the one configuration that the product has, on folders laid out as
// Loghub-2k is: <folder>/<Set>/<Set>_2k.log_structured.csv with the columns Content and EventId.
const folder = process.argv[2]
if (folder === undefined) {
  process.stderr.write('usage: npm run eval:grouping <folder>\n')
  process.exitCode = 2
} else {
  const sets = readdirSync(folder)
    .sort()
    .flatMap((name) => readSet(folder, name))
  if (sets.length === 0) throw new Error(`${folder} holds no <Set>/<Set>_2k.log_structured.csv`)
  const batch = sets.map(({ name, contents, truth }) => ({ name, ...scoreGrouping(truth, groupAtOnce(contents)) }))
  const stream = sets.map(({ name, contents, truth }) => ({ name, ...scoreGrouping(truth, groupOneByOne(contents)) }))
  const result = { batch: { ...meanOf(batch), sets: batch }, stream: { ...meanOf(stream), sets: stream } }
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
}

function readSet(root: string, name: string) {
  const path = join(root, name, `${name}_2k.log_structured.csv`)
  if (!existsSync(path)) return []
  const [header = [], ...rows] = readCsv(readFileSync(path, 'utf8'))
  const column = (title: string) => rows.map((row) => row[header.indexOf(title)] ?? '')
  return [{ name, contents: column('Content'), truth: column('EventId') }]
}

function groupAtOnce(contents: readonly string[]): number[] {
  const groupOf: number[] = []
  for (const [group, { members }] of groupHeads(contents).entries())
    for (const member of members) groupOf[member] = group
  return groupOf
}

function groupOneByOne(contents: readonly string[]): number[] {
  const grouper = createStreamGrouper()
  return contents.map((text) => grouper.add(text))
}

function meanOf(scores: readonly { readonly ga: number; readonly fga: number }[]) {
  const mean = (pick: 'ga' | 'fga') => scores.reduce((sum, one) => sum + one[pick], 0) / scores.length
  return { ga: mean('ga'), fga: mean('fga') }
}
