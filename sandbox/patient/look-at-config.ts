import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PatientState } from '../slack/page/wire.ts'
import { writeUnifiedDiff } from './unified-diff.ts'

const NAME = 'orders-api.yaml'

/** The file's text; undefined where there is none. */
export function readConfigFile(dir: string): string | undefined {
  try {
    return readFileSync(join(dir, 'etc', NAME), 'utf8')
  } catch {
    return undefined
  }
}

/** The service's config file beside the version that was good; nothing for a shop without one. */
export function lookAtConfig(dir: string, good: string | undefined): PatientState['files'] {
  if (good === undefined) return []
  const now = readConfigFile(dir)
  if (now === good) return [{ name: NAME, health: 'good', note: 'as before', diff: '' }]
  const diff = writeUnifiedDiff(good, now ?? '', { before: `${NAME} (good)`, now: `${NAME} (now)` })
  return [
    { name: NAME, health: 'bad', note: now === undefined ? 'the file is gone' : 'differs from the good version', diff },
  ]
}
