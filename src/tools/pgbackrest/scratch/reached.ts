import type { RecoveryMoment } from '../../../domain/physical-backup.ts'
import { parseLsn } from '../../../domain/wal.ts'
import type { ServerLog } from './server-log.ts'

/**
 * Whether a server that came up is at the moment that it was told to reach (null: at its backup's own end), by what it
 * says of the record at which it stopped. Before version 13 one whose WAL ended early came up as if nothing were wrong.
 */
export function hasReached(moment: RecoveryMoment | null, { stop }: Pick<ServerLog, 'stop'>): boolean {
  if (stop === null) return false
  if (moment === null) return true
  switch (moment.kind) {
    case 'time':
      // The first transaction that ended after it, or at it.
      return stop.at !== null && Date.parse(stop.at) >= Date.parse(moment.value)
    case 'xid':
      return stop.xid === moment.value
    case 'name':
      return stop.name === moment.value
    case 'lsn':
      return stop.lsn !== null && parseLsn(stop.lsn) >= parseLsn(moment.value)
  }
}
