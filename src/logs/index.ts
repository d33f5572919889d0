import { findInstant } from '../engine/say/zone-time.ts'
import type { LogTools } from '../ports/log-tools.ts'
import { readFirstTime } from './read-first-time.ts'

/** The reading of logs, as the rest of the house knows it. */
export function createLogTools(): LogTools {
  return {
    readFirstTime: (path, timezone) => readFirstTime(path, (local) => toUtc(local, timezone)),
  }
}

function toUtc(local: string, timezone: string): string {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = local.split(/[-T:.]/).map(Number)
  const instant = findInstant({ year, month, day, hour, minute, second }, timezone)
  return new Date(instant ?? Date.parse(`${local}Z`)).toISOString()
}
