import { describeCounts } from '../restore/describe-loss.ts'
import type { Turned } from './turned-schema.ts'

/** Rows that the undone job brought go again: nobody should learn that from the database afterwards. */
export function sayGoes(turned: Turned, job: string): string[] {
  const rows = describeCounts(Object.fromEntries(turned.map(({ table, goes }) => [table, goes])))
  return rows === '' ? [] : [`rows that ${job} brought go again: ${rows}`]
}

/** For Details: each table, both ways. */
export function listTurned(turned: Turned, job: string): string[] {
  return turned.map(({ table, goes, comes, changes }) => {
    const parts = [
      ...(goes > 0 ? [`${goes.toLocaleString('en-US')} go`] : []),
      ...(comes > 0 ? [`${comes.toLocaleString('en-US')} come back`] : []),
      ...(changes > 0 ? [`${changes.toLocaleString('en-US')} are as before`] : []),
    ]
    return `${table}, as ${job} found it: ${parts.join(', ')}`
  })
}

/** What an undo leads back to is never compared with anything. */
export function sayUnproven(job: string, undoesUndo: boolean): string {
  return undoesUndo
    ? `its content: it is as it was before ${job}`
    : `its content: it is as it was before ${job}, with the damage it had`
}
