import { readFileSync } from 'node:fs'
import type { RecoveryPlan } from '../../src/domain/recovery-plan.ts'
import { parsePlan } from '../../src/plan/parse-plan.ts'

/** The example at the root: valid, and with every part of a plan. */
export const exampleText = readFileSync(new URL('../../salvor.example.yaml', import.meta.url), 'utf8')

export function parseText(text: string): RecoveryPlan {
  return parsePlan({ text, path: 'salvor.yaml', folder: '/plans', fileHashes: {} })
}

/** The example with one thing changed; the change must be found in it. */
export function exampleWith(from: string, to: string): string {
  if (!exampleText.includes(from)) throw new Error(`the example has no ${from}`)
  return exampleText.replace(from, to)
}
