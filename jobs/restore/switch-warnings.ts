import { type ApprovalWarning, warning } from '../../src/domain/approval-warnings.ts'
import { listPropertyDifferences, type PropertyDifference } from '../../src/domain/property-differences.ts'
import type { DescribedIntent } from './describe-intent.ts'
import type { PreflightOutput } from './params.ts'

/** Properties that a card names; Details names all. */
const NAMED = 5

/** Taken after the migration began, as `choose` found: what is proven is that it is the backup, not that it is sound. */
export function warnOfLateness(backup: string, later: readonly string[]): ApprovalWarning[] {
  return later.includes(backup) ? [warning('backup_late', { backup })] : []
}

/** What must be read before all else: whose the backup is, what became of live, and what the database gets otherwise. */
export function listWarnings(point: PreflightOutput['point'], described: DescribedIntent): ApprovalWarning[] {
  return [
    ...warnOfOrigin(point, described.intent.live),
    ...warnOfState(point, described),
    ...warnOfProperties(described),
  ]
}

/** All properties that differ between live and the backup, one a line. */
export function listProperties({ properties }: DescribedIntent): string[] {
  const verb = properties.from === 'live' ? 'kept' : 'from the backup'
  return differing(properties).map(({ what, now, later }) => `${what}: live ${now}, backup ${later}; ${verb}`)
}

/** Whose backup it is, where that is not known to be this system's: nobody may overlook it. */
function warnOfOrigin(point: PreflightOutput['point'], live: string): ApprovalWarning[] {
  if (point.origin === 'own') return []
  const { database, systemIdentifier } = point.source
  const facts = { backup: point.id, database, server: systemIdentifier ?? 'unknown', live }
  return [point.origin === 'unproven' ? warning('origin_unproven', facts) : warning('origin_other', facts)]
}

function warnOfState(point: PreflightOutput['point'], { live, intent, renamed }: DescribedIntent): ApprovalWarning[] {
  if (live.state === 'standing') return []
  const facts = { live: intent.live, old: intent.old }
  const stands = renamed === null ? [] : [warning('live_renamed', { ...facts, backup: point.id, now: renamed })]
  return [live.state === 'gone' ? warning('live_gone', facts) : warning('live_invalid', facts), ...stands]
}

function warnOfProperties({ properties, intent }: DescribedIntent): ApprovalWarning[] {
  const { live } = intent
  const readOnly = properties.wanted.settings.some((one) =>
    /^default_transaction_read_only=(on|true|yes|1)$/i.test(one),
  )
  const others = properties.present === null ? brought(properties) : differing(properties)
  const code =
    properties.present === null ? 'property_brought' : properties.from === 'live' ? 'property_kept' : 'property_damaged'
  return [
    ...(properties.from === 'plan' ? [warning('properties_plan', { live, owner: properties.wanted.owner })] : []),
    ...(properties.recorded === null && properties.from === 'live' ? [warning('properties_unrecorded', { live })] : []),
    ...others.slice(0, NAMED).map((one) => warning(code, { live, ...one })),
    ...(others.length > NAMED ? [warning('property_more', { count: others.length - NAMED })] : []),
    ...(readOnly ? [warning('read_only', { live })] : []),
  ]
}

/** Of a database that is gone nobody can see what it had: its owner is told, and whatever a plain database has not. */
function brought({ wanted, from }: DescribedIntent['properties']): PropertyDifference[] {
  if (from !== 'backup') return []
  const nothing = { acl: null, connectionLimit: -1, comment: null, isTemplate: false, settings: [], roleSettings: {} }
  const owner = { what: 'owner', now: '', later: wanted.owner }
  return [owner, ...listPropertyDifferences({ ...wanted, ...nothing }, wanted)]
}

/** An invalid database's limit is its mark, and no property that anybody set. */
function differing({ present, recorded, wanted, from }: DescribedIntent['properties']): PropertyDifference[] {
  if (present === null || recorded === null) return []
  const others = listPropertyDifferences(present, from === 'live' ? recorded : wanted)
  return others.filter((one) => one.what !== 'connection limit' || present.connectionLimit >= -1)
}
