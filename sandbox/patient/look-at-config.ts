import { basename } from 'node:path'
import { type InspectedConfig, inspectConfig, type Orders } from '../scenario/index.ts'
import type { PatientState } from '../slack/page/wire.ts'
import { writeUnifiedDiff } from './unified-diff.ts'

/** The service's config file beside the version to go back to; nothing while the shop's folder is made anew. */
export function lookAtConfig(orders: Pick<Orders, 'config'>, work?: string): PatientState['files'] {
  try {
    const judged = judgeConfig(inspectConfig(orders))
    return [work && judged.health === 'bad' ? { ...judged, health: 'busy', note: work } : judged]
  } catch {
    return []
  }
}

function judgeConfig({ path, good, now, same }: InspectedConfig): PatientState['files'][number] {
  const name = basename(path)
  if (same) return { name, health: 'good', note: 'as before', diff: '' }
  const diff = writeUnifiedDiff(good, now ?? '', { before: `${name} (good)`, now: `${name} (now)` })
  return { name, health: 'bad', note: now === undefined ? 'the file is gone' : 'overwritten by the migration', diff }
}
