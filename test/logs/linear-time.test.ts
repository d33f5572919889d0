import { expect, test } from 'vitest'
import { createLogAnalyser } from '../../src/logs/analyse.ts'
import { consequences, headings, wrappers } from '../../src/logs/classify/rules/consequences.ts'
import { postgresRules } from '../../src/logs/classify/rules/postgres.ts'
import { serverRules } from '../../src/logs/classify/rules/servers.ts'
import { alwaysRules, harmlessRules } from '../../src/logs/classify/rules/settled.ts'

const rules = [
  ...consequences,
  ...headings,
  ...wrappers,
  ...postgresRules,
  ...serverRules,
  ...alwaysRules,
  ...harmlessRules,
]

test('gaps within a message rule are bounded, and nothing repeated repeats within itself', () => {
  const patterns = rules.map(({ pattern }) => pattern.source)
  expect(patterns.filter((source) => /\.[*+]|[^\\]\)[*+]|\)\{\d*,\}/.test(source))).toEqual([])
})

test('rules hold no state from one line to the next', () => {
  expect(rules.filter(({ pattern }) => pattern.global || pattern.sticky)).toEqual([])
})

test.each([
  ['a line of a megabyte of one letter', 'e'.repeat(1_000_000)],
  ['words that almost are an error', 'erro '.repeat(200_000)],
  ['brackets', `ERROR ${'['.repeat(1_000_000)}`],
  ['quotes', `ERROR ${'"'.repeat(1_000_000)}`],
  ['spaces', `ERROR${' '.repeat(1_000_000)}x`],
  ['half a JSON line', `{"level":50,"msg":"${'\\"'.repeat(500_000)}`],
  ['names of exceptions', 'a.'.repeat(500_000)],
  ['carriage returns', 'failed\r'.repeat(140_000)],
  ['many short errors', 'ERROR: (((((\n'.repeat(70_000)],
  ['errors that never end', `ERROR: x\n${'Caused by: a.b.C: '.repeat(50_000)}\n`],
])('%s takes no longer than ten seconds', (_what, text) => {
  const began = performance.now()
  const analyser = createLogAnalyser()
  analyser.push(Buffer.from(text))
  analyser.finish()
  // Generous for a busy machine: what grows with the square of a megabyte takes hours.
  expect(performance.now() - began).toBeLessThan(10_000)
})
