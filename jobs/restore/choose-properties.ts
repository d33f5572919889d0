import type { ArchiveManifest } from '../../src/domain/content.ts'
import { type DatabaseProperties, givenAtCreation } from '../../src/domain/database-properties.ts'
import { SalvorError } from '../../src/domain/errors/fail.ts'
import { roleOfUrl } from '../../src/domain/role-of-url.ts'
import type { LookContext } from '../../src/engine/define-step.ts'
import { readBoundManifest } from './bound-manifest.ts'
import type { LivePlace } from './find-live.ts'
import { type PropertiesFrom, preflightOutput, type RestoreParams } from './params.ts'

export interface ChosenProperties {
  readonly wanted: DatabaseProperties
  readonly from: PropertiesFrom
  /** What live has now; null where there is none. */
  readonly present: DatabaseProperties | null
  /** What the backup says; null without a manifest. */
  readonly recorded: DatabaseProperties | null
}

/**
 * What the restored database gets. A damaged database is no authority on itself, so the backup's manifest says it, and
 * live only where the request says so or where there is no manifest. Encoding, locale and place are the manifest's in
 * any case: the content was made for them, and they cannot be changed afterwards. Where neither is there, the plan's
 * role owns a plain database as this server makes them.
 */
export async function chooseProperties(
  context: LookContext<RestoreParams>,
  of: { readonly live: LivePlace; readonly manifest: ArchiveManifest | null },
): Promise<ChosenProperties> {
  const { live, manifest } = of
  const target = context.target(context.params.system)
  const read = (database: string) => context.tools.content.readProperties({ target, database })
  const present = live.state === 'gone' ? null : await read(live.name)
  const keeps = context.params.properties === 'live'
  if (keeps && live.state !== 'standing')
    throw new SalvorError(`target_${live.state}`, { system: target.system, database: live.name })
  if (manifest === null) {
    if (present !== null) return { wanted: openAgain(present), from: 'live', present, recorded: null }
    const wanted = plain(await read('template1'), roleOfUrl(target.url))
    return { wanted, from: 'plan', present, recorded: null }
  }
  const recorded = manifest.properties
  // A tablespace is meant only on the server of which the manifest speaks.
  const sameServer = manifest.systemIdentifier === live.systemIdentifier
  const tablespace = sameServer ? recorded.tablespace : (present?.tablespace ?? 'pg_default')
  if (!keeps || present === null) return { wanted: { ...recorded, tablespace }, from: 'backup', present, recorded }
  const given = Object.fromEntries(givenAtCreation.map((key) => [key, recorded[key]]))
  return { wanted: { ...present, ...given, tablespace }, from: 'live', present, recorded }
}

/** The same, once preflight has bound live and manifest. */
export async function chooseBoundProperties(context: LookContext<RestoreParams>): Promise<ChosenProperties> {
  const { identity: live } = preflightOutput.parse(context.outputOf('preflight'))
  return chooseProperties(context, { live, manifest: await readBoundManifest(context) })
}

/** An invalid database has the mark of that where its limit was. */
function openAgain(present: DatabaseProperties): DatabaseProperties {
  return present.connectionLimit < -1 ? { ...present, connectionLimit: -1 } : present
}

function plain(template: DatabaseProperties, owner: string): DatabaseProperties {
  const nothing = { acl: null, connectionLimit: -1, comment: null, isTemplate: false, settings: [], roleSettings: {} }
  return { ...template, ...nothing, owner }
}
