import type { CardButton } from '../../src/domain/card.ts'
import type { Instead } from '../../src/domain/cards/job-words.ts'
import type { Failure } from '../../src/domain/step.ts'
import type { JobView } from '../../src/domain/view.ts'
import { restoreParams } from './params.ts'

/** What a moment's error names as the nearest that can be reached, in the words of the command. */
const NEAREST = /^--(?:at \d[\dT:.-]*Z|backup [\w.-]+)$/

/** Failures of a backup that another backup does not have. */
const ofBackup = /^(?:archive_|backup_(?:unknown|none|foreign|chain_broken|wal_missing|damaged|lacks_database)$)/

/** Failures of a moment that stay whatever is archived later. */
const forGood = new Set(['moment_before_first', 'moment_unsupported'])

/** Another moment or another backup, where trying again alone helps nobody. */
export function helpRestore({ job }: JobView, { code, facts = {} }: Failure): Instead | null {
  const system = restoreParams.safeParse(job.params).data?.system
  if (system === undefined) return null
  const list: CardButton = { verb: 'Show backups', rest: `of ${system}`, command: `backups ${system}` }
  const command = `restore ${system}`
  const restore = (rest: string, flags: string): CardButton => ({
    verb: 'Restore',
    rest,
    command: `${command} ${flags}`,
  })
  // The cause is in the archive: trying again would end in the same way.
  if (code === 'archive_unloadable') return { offers: [list], retry: false }
  if (code === 'archive_unloadable_newest') {
    const other = String(facts.other)
    return { offers: [restore(other, `--backup ${other}`)], retry: false }
  }
  if (code.startsWith('moment_')) {
    const nearest = String(facts.nearest ?? '')
    const offers = NEAREST.test(nearest) ? [restore(nearest.replace(/^--(?:backup )?/, ''), nearest)] : []
    return { offers: [...offers, list], retry: !forGood.has(code) }
  }
  return ofBackup.test(code) ? { offers: [list], retry: true } : null
}
